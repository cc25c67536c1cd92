import { describe, expect, it } from 'vitest';
import { createDirectoryWithOnCall } from '../../src/on-call/directory-with-on-call.ts';
import type { OnCallAnswer } from '../../src/on-call/on-call.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import { makePerson, UNREADABLE } from '../support/people.ts';

const source = { provider: 'Opsgenie', schedule: 'nights' } as const;
const asOf = '2026-11-21T03:04:00.000Z';
const ANSWERS: Readonly<Record<string, OnCallAnswer>> = {
  primary: { kind: 'known', people: ['U0SAM'], unmatched: 0, asOf, source },
  away: { kind: 'unknown', why: 'no-answer', source },
};

function directoryOf(person: PersonFacts) {
  const asked: [alias: string, at: string][] = [];
  const directory = createDirectoryWithOnCall({
    directory: {
      readForDecision: async () => person,
      readEachForDecision: async () => [person],
      readerOf: async () => ({ language: 'de', zone: 'Europe/Berlin' }),
    },
    onCall: {
      whoIsOn: async (alias, at) => {
        asked.push([alias, at]);
        return ANSWERS[alias] ?? { kind: 'unknown', why: 'not-configured' };
      },
    },
    now: () => Date.parse('2026-11-21T03:04:05Z'),
  });
  return { directory, asked };
}

const SAM = makePerson('U0SAM');
const RULE = { groups: [], onCall: ['primary', 'away'] };

describe('a directory with on-call schedules', () => {
  it('tells on which of the named schedules a person is, and how that was found out', async () => {
    const { directory, asked } = directoryOf(SAM);
    expect(await directory.readForDecision('U0SAM', RULE)).toEqual({
      ...SAM,
      onCall: ['primary'],
      onCallLooks: [
        { alias: 'primary', kind: 'known', isOn: true, unmatched: 0, asOf, source },
        { alias: 'away', kind: 'unknown', why: 'no-answer', source },
      ],
    });
    expect(asked).toEqual(RULE.onCall.map((alias) => [alias, '2026-11-21T03:04:05.000Z']));
  });

  it('asks nobody for a rule without schedules', async () => {
    const { directory, asked } = directoryOf(SAM);
    expect(await directory.readForDecision('U0SAM', { groups: [] })).toEqual(SAM);
    expect(asked).toEqual([]);
  });

  it('leaves somebody whom Slack could not tell unreadable, on call or not', async () => {
    const { directory } = directoryOf(UNREADABLE);
    expect(await directory.readForDecision('U0SAM', RULE)).toEqual(UNREADABLE);
    expect(await directory.readerOf('U0SAM')).toMatchObject({ zone: 'Europe/Berlin' });
  });
});
