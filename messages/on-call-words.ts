import type { OnCallLook } from '../src/restore/on-call.ts';
import { quoted } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

const LONGEST = 600;

/** What was found out about on-call schedules, as a sentence to follow a refusal; empty when nothing was looked at. */
export function onCallSentence(looks: readonly OnCallLook[] | undefined, { onCall }: Words = ENGLISH): string {
  const found = onCall.looks(looks ?? []);
  return found ? onCall.sentence(quoted(found, LONGEST)) : '';
}
