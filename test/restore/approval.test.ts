import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vote } from '../../src/restore/agreement.ts';
import { approvedAt } from '../../src/restore/approval.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, BYSTANDER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

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

describe('the data loss that votes say they agreed to', () => {
  const shown = (by: string, minutes: number) => vote(by, minutes, { lossMinutes: LOSS_AT_NOW + minutes + LEAD });

  it('is the smallest: an early voter is not held to what a later one was shown', () => {
    const votes = [shown(APPROVER.id, 3), shown(GROUP_APPROVER.id, 48)];
    expect(approved(votes, 48).approval.agreedLossMinutes).toBe(LOSS_AT_NOW + 3 + LEAD);
  });

  it('is kept in each yes when it is given, and in no no', () => {
    const yes = followedBy(
      makeRestore('awaiting-approval', {
        policy: {
          approval: {
            ...asked.terms.approval,
            rules: asked.terms.approval.rules.map((rule) => ({ ...rule, needed: 2 })),
          },
        },
      }),
      { ...exampleEvent('approved', asked), at: later(3) },
    );
    expect(yes.state).toMatchObject({ votes: [{ lossMinutes: LOSS_AT_NOW + 3 + LEAD }] });
    expect(afterEvents(asked, ['denied']).history.at(-1)?.facts).not.toHaveProperty('lossMinutes');
  });

  it('is never more than anybody was shown, whatever the order and however many are of an earlier release', () => {
    const anyVote = fc.record({ minutes: fc.nat(600), isOld: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyVote, { minLength: 1, maxLength: 6 }), fc.nat(600), (votes, more) => {
        const cast = votes.map(({ minutes, isOld }, index) =>
          isOld ? vote(`U${index}`, minutes) : shown(`U${index}`, minutes),
        );
        const end = Math.max(...votes.map(({ minutes }) => minutes)) + more;
        const agreed = approved(cast, end).approval.agreedLossMinutes;
        for (const { lossMinutes } of cast)
          if (lossMinutes !== undefined) expect(agreed).toBeLessThanOrEqual(lossMinutes);
        expect(approved([...cast].reverse(), end).approval.agreedLossMinutes).toBe(agreed);
      }),
    );
  });

  it('is the one at the start that a voter asked for and the requester accepted', () => {
    const notBefore = later(240);
    const depending = followedBy(asked, { ...exampleEvent('approved', asked), at: later(3), proviso: { notBefore } });
    const accepted = inStatus(
      followedBy(depending, {
        type: 'proviso-accepted',
        at: later(5),
        person: REQUESTER,
        of: APPROVER.id,
        votedAt: later(3),
        others: [APPROVER],
      }),
      'approved',
    );
    expect(accepted.state.approval.agreedLossMinutes).toBe(LOSS_AT_NOW + 240);
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
