import { describe, expect, it } from 'vitest';
import type { Vote } from '../../src/restore/agreement.ts';
import { approvedAt } from '../../src/restore/approval.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, BYSTANDER, GROUP_APPROVER } from '../support/people.ts';

/** What was written between the restore point and `NOW`. */
const LOSS_AT_NOW = 180;
const LEAD = 15;
const later = (minutes: number) => addMinutes(NOW, minutes);

const asked = makeRestore('awaiting-approval');
const vote = (by: string, minutes: number, facts: Partial<Vote> = {}): Vote => ({
  by,
  at: later(minutes),
  kind: 'approve',
  planHash: asked.planHash,
  countsFor: ['approvers'],
  ...facts,
});
const [ANTON, GRETA] = [vote(APPROVER.id, 3), vote(GROUP_APPROVER.id, 8)];
const approved = (votes: readonly Vote[], minutes: number, restore = asked) =>
  approvedAt(restore, later(minutes), { by: GROUP_APPROVER.id, votes });

describe('the data loss that was agreed to', () => {
  it.each<[string, readonly Vote[], number]>([
    ['at the last yes', [ANTON, GRETA], 8],
    ['in whichever order the votes stand', [GRETA, ANTON], 8],
    ['not at a no that came later', [ANTON, vote(BYSTANDER.id, 9, { kind: 'deny' })], 3],
    [
      'not at a yes that still depends on something',
      [ANTON, { ...GRETA, proviso: { condition: 'Tell the shop.' } }],
      3,
    ],
    [
      'at a yes whose condition was accepted, and not at the acceptance',
      [ANTON, { ...GRETA, proviso: { condition: 'Tell the shop.', acceptedAt: later(20) } }],
      8,
    ],
    ['when it was approved, where no yes says when', [], 20],
  ])('is what was to be expected %s', (_, votes, minutes) => {
    expect(approved(votes, 20).approval.agreedLossMinutes).toBe(LOSS_AT_NOW + minutes + LEAD);
  });

  it('counts to the planned start', () => {
    const planned = makeRestore('awaiting-approval', { draft: { start: { kind: 'at', at: later(200) } } });
    expect(approved([ANTON], 3, planned).approval.agreedLossMinutes).toBe(LOSS_AT_NOW + 200);
  });
});

it('an approval says who completed it, when it starts, and how long it may wait', () => {
  const votes = [ANTON, GRETA];
  expect(approved(votes, 8)).toMatchObject({
    status: 'approved',
    approval: { by: GROUP_APPROVER.id, at: later(8), planHash: asked.planHash, votes },
    startAt: later(8 + LEAD),
    lapsesAt: later(8 + LEAD + 30),
  });
});
