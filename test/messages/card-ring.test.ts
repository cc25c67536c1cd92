import { describe, expect, it } from 'vitest';
import { cardAsPosted } from '../../messages/card-ring.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { ENGLISH } from '../../messages/words/words.ts';
import type { RestoreFacts } from '../support/make-restore.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';

const posted = (facts: RestoreFacts) => {
  const restore = makeRestore('awaiting-approval', facts);
  const card = restoreCard(restore, NOW);
  return { card, first: cardAsPosted(card, restore, ENGLISH), requester: restore.request.requestedBy };
};
const mentionsIn = (message: unknown) =>
  [...new Set(JSON.stringify(message).match(/<@\w+>|<!subteam\^\w+>/g) ?? [])].sort();

describe('a card as it is posted', () => {
  it('is the card when that names nobody but those who are asked', () => {
    const { card, first } = posted({});
    expect(first).toBe(card);
  });

  it('names no stakeholder, no owner and nobody it may escalate to, as the edit that follows does', () => {
    const { card, first, requester } = posted({
      policy: {
        approval: { rules: [{ name: 'approvers', users: ['U1'], groups: ['S1'], needed: 1 }], denialsNeeded: 1 },
        stakeholders: { users: ['U2'], groups: [] },
        dependants: [{ name: 'checkout', users: ['U3'], groups: ['S3'] }],
        reminders: {
          afterMinutes: [10],
          nudges: { everyMinutes: 5, most: 1 },
          escalation: [{ stage: 'fallback', afterMinutes: 20, users: ['U4'], groups: [] }],
        },
      },
    });
    for (const one of ['<@U2>', '<@U3>', '<!subteam^S3>', '<@U4>']) expect(mentionsIn(card)).toContain(one);
    expect(mentionsIn(first)).toEqual(['<!subteam^S1>', '<@U1>', `<@${requester}>`].sort());
    expect(mentionsIn(first.text)).toEqual(mentionsIn(first.blocks));
    expect(first.text).toContain('one person');
  });

  it('names all whom a long rule asks', () => {
    const users = Array.from({ length: 30 }, (_, index) => `U0LONG${index}`);
    const { card, first } = posted({
      policy: { approval: { rules: [{ name: 'approvers', users, groups: [], needed: 1 }], denialsNeeded: 1 } },
    });
    expect(mentionsIn(card).length).toBeLessThan(users.length);
    for (const id of users) expect(mentionsIn(first.blocks)).toContain(`<@${id}>`);
  });
});
