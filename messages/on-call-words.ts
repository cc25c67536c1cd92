import { type OnCallLook, onCallWords } from '../src/restore/on-call.ts';
import { quoted } from './slack-text.ts';

const LONGEST = 600;

/** What was found out about on-call schedules, as a sentence to follow a refusal; empty when nothing was looked at. */
export function onCallSentence(looks: readonly OnCallLook[] | undefined): string {
  const words = onCallWords(looks ?? []);
  return words ? ` On call: ${quoted(words, LONGEST)}.` : '';
}
