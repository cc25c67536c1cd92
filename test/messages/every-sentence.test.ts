import { expect, it } from 'vitest';
import { allWords } from '../../messages/words/words.ts';
import { LANGUAGES } from '../../src/restore/language.ts';
import { everyMessage } from '../support/every-message.ts';

/** Which sentences were said, by their path in the words of a language. */
interface Watched {
  readonly all: ReadonlySet<string>;
  readonly said: ReadonlySet<string>;
}

const isTable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Notes each sentence that is taken out of `words` from now on. */
function watch(words: object): Watched {
  const all = new Set<string>();
  const said = new Set<string>();
  const walk = (table: object, path: string) => {
    for (const [key, value] of Object.entries(table).filter(([name]) => name !== 'locale')) {
      const here = path === '' ? key : `${path}.${key}`;
      if (isTable(value)) {
        walk(value, here);
        continue;
      }
      all.add(here);
      const get = (): unknown => {
        said.add(here);
        return value;
      };
      Object.defineProperty(table, key, { get, enumerable: true });
    }
  };
  walk(words, '');
  return { all, said };
}

/** Said in no example yet, for want of one. Nothing new may come here. */
const UNSAID: readonly string[] = [
  'agreement.nobody',
  'card.checks.not-started',
  'card.checks.running',
  'change.unknown',
  'dryRun.done.beside',
  'edit.more',
  'form.snapshot.unusable.cancelled',
  'form.snapshot.unusable.unknown-status',
  'home.morePlaces',
  'home.wouldLose.beside',
  'loss.lessThanATenth',
  'methods.live',
  'policyChange.environment.staging',
  'policyChange.freezeEasier',
  'policyChange.fresh',
  'policyChange.holidays',
  'policyChange.noEscalation',
  'policyChange.unknown',
  'preview.moreChecks',
  'progress.checklist.verified.beside',
  'receipt.kinds.unknown',
  'receipt.lastWrite.none',
  'receipt.roles.changed',
  'receipt.schema.unknown',
  'stakeholders.reply.isTold',
  'status.checks.running',
  'undo.noOtherPoint',
  'undo.tooLate',
];
/** On the operator's terminal, or only inside another sentence. */
const NO_MESSAGE: readonly string[] = ['goals.data', 'policyChange.added', 'policyChange.removed'];

it('every sentence of the bot stands in an example that the linter reads', () => {
  const watched = allWords().map(watch);
  for (const language of LANGUAGES) everyMessage({ language, zone: 'Europe/Berlin' });
  const said = new Set(watched.flatMap((one) => [...one.said]));
  const [first] = watched.map(({ all }) => [...all]);
  expect(first?.length).toBeGreaterThan(1000);
  expect(first?.filter((sentence) => !said.has(sentence)).sort()).toEqual([...UNSAID, ...NO_MESSAGE].sort());
});
