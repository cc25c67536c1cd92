import { describe, expect, it } from 'vitest';
import { restoreCard } from '../../messages/restore-card.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { wasOnlySeen } from '../../src/restore/seen-start.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';

const SAYS_SO = 'a restore that somebody made in the Aura console at that moment would look the same';
const says = (restore: Restore) => {
  const { text, blocks } = restoreCard(restore, NOW);
  return text.includes(SAYS_SO) && JSON.stringify(blocks).includes(SAYS_SO);
};

describe('a restore call whose answer was lost', () => {
  const sent: Restore = makeRestore('restore-sent');
  const unclear: Restore = makeRestore('start-unclear');

  it.each([
    ['from the start', sent],
    ['late, when a person is asked already', unclear],
  ])('and that was seen to run %s is told as what it is, to the end', (_, before) => {
    const seen = followedBy(before, { ...exampleEvent('start-seen', before) });
    expect(wasOnlySeen(seen)).toBe(true);
    expect(says(seen)).toBe(true);
    expect(says(afterEvents(seen, ['running-seen', 'restore-finished', 'verification-finished']))).toBe(true);
    expect(says(afterEvents(seen, ['step-failed']))).toBe(true);
  });

  it('is sure again when the answer comes after all', () => {
    const seen = followedBy(sent, exampleEvent('start-seen', sent));
    expect(wasOnlySeen(followedBy(seen, exampleEvent('restore-answered', seen)))).toBe(false);
  });

  it('is not seen to run before it is', () => {
    expect([wasOnlySeen(sent), wasOnlySeen(unclear)]).toEqual([false, false]);
    expect(says(unclear)).toBe(false);
  });
});

it('a call that was answered is ours, whatever the instance showed', () => {
  expect(wasOnlySeen(makeRestore('completed'))).toBe(false);
  expect(says(makeRestore('completed'))).toBe(false);
});

it('a file that a person uploads has no call whose answer could be lost', () => {
  const chosen = {
    method: 'backup-file',
    file: { name: 'orders.dump', kind: 'dump', sizeBytes: 17 },
    savedAt: TAKEN_AT,
  } as const;
  const sent: Restore = makeRestore('restore-sent', { draft: { chosen }, policy: { methods: ['backup-file'] } });
  expect(wasOnlySeen(followedBy(sent, exampleEvent('start-seen', sent)))).toBe(false);
});
