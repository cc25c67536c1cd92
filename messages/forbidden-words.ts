import type { Forbidden } from '../src/restore/forbidden.ts';
import { duration, escaped } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** What the rules do not allow any more, in a sentence. */
export function forbiddenInWords(forbidden: Forbidden, words: Words): string {
  const { what } = words.forbidden;
  switch (forbidden.what) {
    case 'method':
      return what.method(words.methods.names[forbidden.method]);
    case 'size':
      return what.size(escaped(forbidden.memory));
    case 'lifetime': {
      const { longestMinutes, minutes } = forbidden;
      return what.lifetime({ longest: duration(longestMinutes, words), asked: duration(minutes, words) });
    }
    case 'instance':
      return what.instance;
    case 'test':
      return what.test;
    case 'new-instances':
      return what.newInstances;
    default:
      return forbidden satisfies never;
  }
}
