import { describe, expect, it } from 'vitest';
import { type Delegation, newDelegation, revoked } from '../../src/restore/delegation.ts';
import { owedWords, wordSettled } from '../../src/restore/delegation-words.ts';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Delivery } from '../../src/restore/restore.ts';
import { NOW } from '../support/make-restore.ts';
import { makePerson } from '../support/people.ts';

const [OLGA, BELA] = [makePerson('U0OLGA'), makePerson('U0BELA')];
const MADE = newDelegation(
  'D-7',
  { delegator: OLGA, delegate: BELA, startsAt: NOW, endsAt: addMinutes(NOW, 600) },
  NOW,
);
const POSTED: Delivery = { status: 'posted', channel: 'D0BELA', ts: '1.1', at: addMinutes(NOW, 1) };
/** Whose holder was told. */
const told = () => wordSettled(MADE, 'handed-over', POSTED);

function ended(delegation: Delegation): Delegation {
  const end = revoked(delegation, OLGA, { samePeople: [], now: addMinutes(NOW, 5) });
  if ('refusal' in end) throw new Error(end.refusal.reason);
  return end.delegation;
}
const BOTH_OF_ITS_END = [
  { key: 'ended-for-owner', to: OLGA.id },
  { key: 'ended-for-holder', to: BELA.id },
];

describe('of a delegation', () => {
  it.each([
    ['that was made, its holder is told', () => MADE, [{ key: 'handed-over', to: BELA.id }]],
    ['that its holder knows of, nobody is told again', told, []],
    ['that ended early, both are told', () => ended(told()), BOTH_OF_ITS_END],
    ['that ended before its holder heard of it, both are told of the end alone', () => ended(MADE), BOTH_OF_ITS_END],
    [
      'of whose end the owner was told, the holder still is',
      () => wordSettled(ended(told()), 'ended-for-owner', POSTED),
      [{ key: 'ended-for-holder', to: BELA.id }],
    ],
  ])('%s', (_, delegation, owed) => {
    expect(owedWords(delegation())).toEqual(owed);
  });

  it('what became of a word is in its chain, once, whatever is said later', () => {
    const once = told();
    expect(once.version).toBe(MADE.version + 1);
    expect(once.deliveries).toEqual({ 'handed-over': POSTED });
    expect(once.history.at(-1)).toMatchObject({
      event: 'message-settled',
      at: POSTED.at,
      facts: { restore: 'D-7', message: 'handed-over', channel: 'D0BELA' },
    });
    expect(firstBrokenEntry(once.history)).toBeUndefined();
    const refused: Delivery = { status: 'undeliverable', why: 'user_disabled', at: NOW };
    expect(wordSettled(once, 'handed-over', refused)).toBe(once);
    expect(wordSettled(MADE, 'handed-over', refused).history.at(-1)?.facts).toMatchObject({
      undeliverable: 'user_disabled',
    });
  });
});
