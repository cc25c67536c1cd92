import { describe, expect, it } from 'vitest';
import { newlyAskedReply } from '../../messages/reminder.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ApprovalTerms } from '../../src/restore/terms.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, LINKED_ACCOUNT, REQUESTER } from '../support/people.ts';

const OVERRIDE = { users: ['U0FRIDA', LINKED_ACCOUNT.id, APPROVER.id], groups: ['S0FREEZE', APPROVERS_GROUP] };

const repliesOwed = (restore: Restore) => owedMessages(restore).filter(({ kind }) => kind === 'newly-asked');

function moved(restore: Restore, freezes?: readonly string[]): Restore {
  const edited = exampleEvent('edited', restore);
  const freezeOverride = freezes ? { freezes, reason: 'The shop is down.' } : ('none' as const);
  return followedBy(restore, { ...edited, change: { ...edited.change, freezeOverride } });
}

function ruledBy(restore: Restore, rules: ApprovalTerms['rules']): Restore {
  const tightened = exampleEvent('rules-tightened', restore);
  return followedBy(restore, {
    ...tightened,
    terms: { ...restore.terms, approval: { ...restore.terms.approval, rules } },
  });
}

describe('those whom a change asks besides', () => {
  const asked: Restore = makeRestore('awaiting-approval', { policy: { overrideApprovers: OVERRIDE } });

  it('by an edit into a freeze are mentioned once in the thread of the card, and nobody who was asked before', () => {
    const frozen = moved(asked, ['Stocktaking']);
    expect(repliesOwed(frozen)).toEqual([{ key: 'newly-asked:1', kind: 'newly-asked', to: 'C0APPROVALS', nth: 1 }]);
    const { text } = newlyAskedReply(frozen, { nth: 1, now: NOW });
    expect(text).toContain('<@U0FRIDA>, <!subteam^S0FREEZE>: you are asked as well now');
    for (const id of [APPROVER.id, APPROVERS_GROUP, REQUESTER.id, LINKED_ACCOUNT.id])
      expect(frozen.newlyAsked?.flatMap(({ users, groups }) => [...users, ...groups])).not.toContain(id);
    const delivery = { status: 'posted', channel: 'C0APPROVALS', ts: '1.1', at: NOW } as const;
    const said = { ...exampleEvent('message-settled', frozen), key: 'newly-asked:1', delivery };
    expect(repliesOwed(followedBy(frozen, said))).toEqual([]);
  });

  it('by tighter rules are mentioned, whether it was agreed to already or not', () => {
    for (const status of ['awaiting-approval', 'approved', 'ready-to-restore'] as const) {
      const restore: Restore = makeRestore(status);
      const service = { name: 'service owners', needed: 1, users: ['U0SERVICE'], groups: [] };
      const after = ruledBy(restore, [...restore.terms.approval.rules, service]);
      expect(repliesOwed(after)).toHaveLength(1);
      expect(newlyAskedReply(after, { nth: 1, now: NOW }).text).toContain('<@U0SERVICE>: you are asked as well now');
    }
  });

  it('are nobody when the change names nobody new', () => {
    expect(repliesOwed(moved(asked))).toEqual([]);
    expect(repliesOwed(followedBy(asked, exampleEvent('rules-tightened', asked)))).toEqual([]);
  });

  it('are left alone once nothing is asked any more', () => {
    const frozen = moved(asked, ['Stocktaking']);
    expect(repliesOwed(followedBy(frozen, exampleEvent('withdrawn', frozen)))).toEqual([]);
  });

  it('are kept in the record', () => {
    const frozen = moved(asked, ['Stocktaking']);
    expect(parseRestore(JSON.stringify(frozen)).newlyAsked).toEqual(frozen.newlyAsked);
  });
});
