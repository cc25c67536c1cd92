import { describe, expect, it } from 'vitest';
import { restoreCard } from '../../messages/restore-card.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, BYSTANDER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const LINKED_APPROVER = 'U0ANTON2';
const waiting = makeRestore('awaiting-approval');
const look = (person: PersonFacts, minutes: number): PersonEvent => ({
  type: 'looking',
  at: addMinutes(NOW, minutes),
  person,
});
const looked = () => followedBy(waiting, look(APPROVER, 1));
const answerTo = (restore: Restore, event: PersonEvent) => {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
};
const cardOf = (restore: Restore, minutes: number) => JSON.stringify(restoreCard(restore, addMinutes(NOW, minutes)));

describe('somebody who says that they are looking', () => {
  it('is shown for ten minutes, also after the record was stored', () => {
    expect(inStatus(looked(), 'awaiting-approval').state.looking).toEqual({
      by: APPROVER.id,
      until: addMinutes(NOW, 11),
    });
    expect(parseRestore(JSON.stringify(looked()))).toEqual(looked());
    expect(cardOf(looked(), 10)).toContain(`Looking:* <@${APPROVER.id}>`);
    expect(cardOf(looked(), 11)).not.toContain('Looking:*');
  });

  it('keeps others from looking too, but not from deciding', () => {
    expect(answerTo(looked(), look(GROUP_APPROVER, 10))).toBe('another-looks');
    expect(answerTo(looked(), look(GROUP_APPROVER, 11))).toBe('changed');
    expect(answerTo(looked(), { ...exampleEvent('approved', looked()), person: GROUP_APPROVER })).toBe('changed');
    expect(answerTo(looked(), { ...exampleEvent('denied', looked()), person: GROUP_APPROVER })).toBe('changed');
  });

  it('may say so again, and is somebody who may decide', () => {
    const again = inStatus(followedBy(looked(), look(APPROVER, 5)), 'awaiting-approval');
    expect(again.state.looking).toEqual({ by: APPROVER.id, until: addMinutes(NOW, 15) });
    expect(answerTo(waiting, look(REQUESTER, 1))).toBe('own-request');
    expect(answerTo(waiting, look(BYSTANDER, 1))).toBe('not-an-approver');
  });

  it('is one human with all of their accounts', () => {
    const second = { ...GROUP_APPROVER, id: LINKED_APPROVER };
    const terms = { ...waiting.terms, samePeople: [[APPROVER.id, LINKED_APPROVER]] };
    expect(answerTo({ ...looked(), terms }, look(second, 5))).toBe('changed');
    expect(answerTo(looked(), look(second, 5))).toBe('another-looks');
  });

  it('changes nothing but who looks, which the history keeps', () => {
    expect(looked()).toEqual({
      ...waiting,
      version: waiting.version + 1,
      state: { ...waiting.state, looking: { by: APPROVER.id, until: addMinutes(NOW, 11) } },
      history: [...waiting.history, expect.objectContaining({ event: 'looking', by: APPROVER.id })],
    });
  });

  it('is told where the restore stands when it is decided already', () => {
    const refusal = { reason: 'already-past', status: 'approved' };
    expect(transition(makeRestore('approved'), look(GROUP_APPROVER, 1))).toMatchObject({ kind: 'refused', refusal });
  });

  it('is done looking when they have voted, or the plan was changed', () => {
    const rules = [{ name: 'owners', users: [APPROVER.id, GROUP_APPROVER.id], groups: [], needed: 2 }];
    const two = makeRestore('awaiting-approval', { policy: { approval: { rules, denialsNeeded: 1 } } });
    const read = followedBy(two, look(APPROVER, 1));
    const own = followedBy(read, exampleEvent('approved', read));
    const other = followedBy(read, { ...exampleEvent('approved', read), person: GROUP_APPROVER });
    expect(own.state).not.toHaveProperty('looking');
    expect(other.state).toHaveProperty('looking');
    expect(followedBy(read, exampleEvent('edited', read)).state).not.toHaveProperty('looking');
  });
});
