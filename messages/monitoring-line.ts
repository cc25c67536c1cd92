import type { Restore } from '../src/restore/restore.ts';
import { past, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** What the instance's monitoring was asked last, and what came of it; nothing when it was asked nothing. */
export function monitoringLines({ monitoring }: Restore, words: Words): readonly string[] {
  if (!monitoring) return [];
  const say = words.monitoring;
  const { act, calledAt, answer, silenceMayFollow } = monitoring;
  const isSilence = act === 'silence';
  if (!answer) return [(isSilence ? say.silencing : say.resuming)(past(calledAt))];
  if (answer.kind === 'done' && silenceMayFollow) return [say.resumedEarly(past(answer.at))];
  if (answer.kind === 'done') return [(isSilence ? say.silenced : say.resumed)(past(answer.at))];
  return [(isSilence ? say.notSilenced : say.notResumed)(quoted(answer.why, 200))];
}
