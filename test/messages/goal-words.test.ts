import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/restore/language.ts';
import type { MethodPlan } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { wordsIn } from '../support/accessibility.ts';
import type { Said } from '../support/every-message.ts';
import { exampleRestores } from '../support/example-restores.ts';
import { SOURCE } from '../support/message-facts.ts';
import { TO_MAKE } from '../support/new-instance-messages.ts';
import { messagesAbout, noticesAbout } from '../support/restore-messages.ts';

/** A time that no other fact of any example has. */
const SAVED = '2020-02-02T02:02:02.000Z';
const SAVED_SAID = /2020-02-02 02:02/;
const FILE = { name: 'neo4j-0815.dump', kind: 'dump', sizeBytes: 3_400_000_000 } as const;
const SNAPSHOT = { snapshotId: 's-0815', takenAt: SAVED, profile: 'AdHoc', exportable: true } as const;

/** What a plan of each kind is, and what a message about it must and must not say, in every language. */
const KINDS: readonly (readonly [
  name: string,
  facts: {
    readonly plan: MethodPlan;
    readonly says: readonly RegExp[];
    readonly saysNot: readonly RegExp[];
  },
])[] = [
  [
    'a restore of its own snapshot',
    {
      plan: { method: 'restore-snapshot', restorePoint: SNAPSHOT },
      says: [SAVED_SAID],
      saysNot: [/overwrite of|Überschreiben von/],
    },
  ],
  [
    'an overwrite from the source as it is',
    {
      plan: { method: 'overwrite', source: SOURCE, restorePoint: { isLive: true, takenAt: SAVED } },
      says: [new RegExp(SOURCE.alias)],
      saysNot: [SAVED_SAID],
    },
  ],
  [
    'an overwrite from a snapshot of the source',
    {
      plan: { method: 'overwrite', source: SOURCE, restorePoint: SNAPSHOT },
      says: [new RegExp(SOURCE.alias), SAVED_SAID],
      saysNot: [],
    },
  ],
  ...(['backup-file', 'upload'] as const).map(
    (method) =>
      [
        `a restore from a file, ${method}`,
        {
          plan: { method, restorePoint: { file: FILE, takenAt: SAVED } } as MethodPlan,
          says: [/neo4j-0815/, SAVED_SAID],
          saysNot: [],
        },
      ] as const,
  ),
  [
    'a new instance',
    {
      plan: { method: 'new-instance', restorePoint: SNAPSHOT, toMake: TO_MAKE },
      says: [SAVED_SAID],
      saysNot: [],
    },
  ],
];

/** What is true of a restore of the instance's own snapshot only. */
const OF_ITS_OWN: readonly RegExp[] = [
  /its snapshot of|seinen Snapshot|ihren Snapshot/,
  /rolled back|zurückgesetzt|put back/i,
  /back to its state|zurück auf den Stand/,
  /Restored to|Wiederhergestellt auf/,
  /[Aa]ll changes after|[Aa]lle Änderungen nach/,
  /It would lose|Der Datenverlust wäre|would lose less|of data loss/,
  /restore to |[Rr]estore of |Wiederherstellung von .* auf/,
];

/** A form that asks for the time must not say it; the notices of the operations guide do not say it of the instance's own snapshot. */
const ASKS_FOR_IT = /approval form/;
const OF_THE_TEMPLATE = /^(?:put-off|outcome) notice/;
/** The edit form asks for another restore point of the same instances. */
const OF_OTHER_FACTS = /edit form/;

function withPlan(restore: Restore, plan: MethodPlan): Restore {
  const { method: _m, restorePoint: _p, ...rest } = restore.plan;
  const { source: _s, toMake: _t, ...common } = rest as typeof rest & { source?: unknown; toMake?: unknown };
  const { lossReceipt: _r, askedAnew: _a, ...others } = restore;
  const { undoes: _u, otherThanAdvised: _o, ...request } = restore.request;
  return { ...others, request, plan: { ...common, ...plan } };
}

/** Everything that is said of the example as if its plan were this one. */
function saidOf(name: string, restore: Restore, language: (typeof LANGUAGES)[number]): readonly Said[] {
  const reader = { language, zone: 'Europe/Berlin' };
  return [...messagesAbout(name, restore, reader), ...noticesAbout(name, restore, reader)];
}

/** Examples that make sense with another plan: those of other methods tell of what only these have. */
const EXAMPLES = exampleRestores().filter(
  ([, { plan, request, made }]) => plan.method === 'restore-snapshot' && !request.undoes && !made,
);

describe.each(LANGUAGES)('in %s', (language) => {
  describe.each(KINDS)('every message about %s', (_, { plan, says, saysNot }) => {
    const all = EXAMPLES.flatMap(([name, restore]) => saidOf(name, withPlan(restore, plan), language));

    it('says where the data comes from, with its time where that is known', () => {
      const silent = all.flatMap(({ name, payload }) => {
        const words = wordsIn(payload).join('\n');
        const isTimeLeftOut =
          ASKS_FOR_IT.test(name) || (plan.method === 'restore-snapshot' && OF_THE_TEMPLATE.test(name));
        const needed = isTimeLeftOut ? says.filter((one) => one !== SAVED_SAID) : says;
        const missing = OF_OTHER_FACTS.test(name) ? [] : needed.filter((one) => !one.test(words));
        return missing.map((one) => `${name}: nothing of ${one}`);
      });
      expect(silent).toEqual([]);
    });

    it('says nothing that is true of another way only', () => {
      const wrong = plan.method === 'restore-snapshot' ? saysNot : [...saysNot, ...OF_ITS_OWN];
      const found = all.flatMap(({ name, payload }) =>
        wordsIn(payload)
          .flatMap((text) => text.split('\n'))
          .flatMap((line) => wrong.filter((one) => one.test(line)).map((one) => `${name}: ${one} in "${line}"`)),
      );
      expect(found).toEqual([]);
    });

    it('is one of many', () => expect(all.length).toBeGreaterThan(200));
  });
});
