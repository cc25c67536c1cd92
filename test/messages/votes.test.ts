import { describe, expect, it } from 'vitest';
import { FIELD } from '../../messages/action-ids.ts';
import { approvalForm } from '../../messages/approval-form.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { editForm } from '../../messages/edit-form.ts';
import { putOffNotice } from '../../messages/put-off-notice.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { validateMessage, validateView } from '../../playground/slack/block-kit-rules.ts';
import type { Vote } from '../../src/restore/agreement.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Language } from '../../src/restore/language.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { HOSTILE, LONGEST_DRAFT, LONGEST_POLICY, longest, many, mrkdwnIn } from '../support/longest.ts';
import { followedBy, makePolicy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, makePerson } from '../support/people.ts';

/** Every third yes waits for the requester, every third was accepted, and every other voter stands in for somebody. */
function depending(restore: Restore): Restore {
  const { state } = restore;
  if (state.status !== 'awaiting-approval') return restore;
  const proviso = { condition: HOSTILE.repeat(10), notBefore: NOW };
  const votes = state.votes.map((vote, index): Vote => {
    const standing = index % 2 === 0 ? vote : { ...vote, standingInFor: `U0AWAY${index}` };
    if (vote.kind === 'deny' || index % 3 === 0) return standing;
    return { ...standing, proviso: index % 3 === 1 ? proviso : { ...proviso, acceptedAt: NOW } };
  });
  const delegates = many(40, (index) => ({ to: `U0TO${index}`, from: `U0FROM${index}`, until: NOW }));
  return { ...restore, request: { ...restore.request, delegates }, state: { ...state, votes } };
}

describe('a request that needs very many people', () => {
  const users = many(200, (index) => `U0VOTER${index}`);
  const rules = many(10, (index) => ({
    name: `${HOSTILE}${index}`.slice(0, 60),
    users: users.slice(index * 20, index * 20 + 20),
    groups: many(20, (group) => `S0GROUP${group}`),
    needed: 20,
  }));
  const policy = { ...LONGEST_POLICY, approval: { rules, denialsNeeded: 20 } };
  const asked: Restore = makeRestore('awaiting-approval', { policy, draft: LONGEST_DRAFT });
  const votes = users.slice(0, 180).map(
    (by, index): Vote => ({
      by,
      at: NOW,
      kind: index % 10 === 0 ? 'deny' : 'approve',
      planHash: asked.planHash,
      countsFor: [rules[Math.floor(index / 20)]?.name ?? ''],
      ...(index % 10 === 0 ? { why: HOSTILE.repeat(20) } : {}),
    }),
  );
  const voted: Restore = { ...asked, state: { ...makeRestore('awaiting-approval').state, votes } };

  it.each([
    ['nobody', asked],
    ['almost everybody', voted],
    ['almost everybody on a condition, half of them for somebody else,', depending(voted)],
  ])('says within the limits what is missing when %s has voted', (_, restore) => {
    const card = restoreCard(restore, NOW);
    expect(validateMessage(card)).toEqual([]);
    expect(JSON.stringify(card.blocks)).toContain('Still missing:');
    const voter = makePerson('U0VOTER199');
    expect(validateView({ ...approvalForm(restore, NOW, voter) })).toEqual([]);
    for (const text of [...mrkdwnIn([card.blocks, approvalForm(restore, NOW, voter).blocks]), card.text])
      expect(text).not.toContain('<!channel>');
  });
});

describe('a yes that depends on something', () => {
  const proviso = { condition: HOSTILE.repeat(10), notBefore: '2026-11-22T03:00:00.000Z' };
  const asked = longest('awaiting-approval');
  const first = followedBy(asked, { ...exampleEvent('approved', asked), proviso });
  const open = followedBy(first, { ...exampleEvent('approved', first), person: makePerson('U1'), proviso });
  const of = {
    of: APPROVER.id,
    votedAt: open.state.status === 'awaiting-approval' ? (open.state.votes[0]?.at ?? '') : '',
  };

  it('has its buttons on the card, within the limits, and each is one that the rules take', () => {
    const card = restoreCard(open, NOW);
    expect(validateMessage(card)).toEqual([]);
    const value = `${open.id} ${of.of} ${of.votedAt}`;
    expect(JSON.stringify(card.blocks).split(`"value":"${value}"`)).toHaveLength(3);
    for (const type of ['proviso-accepted', 'proviso-declined'] as const)
      expect(transition(open, { ...exampleEvent(type, open), ...of }).kind).toBe('changed');
    for (const text of [...mrkdwnIn(card.blocks), card.text]) expect(text).not.toContain('<!channel>');
  });

  it('is said privately to the requester, and to its giver when it was declined', () => {
    const declined = followedBy(open, { ...exampleEvent('proviso-declined', open), ...of });
    const said = [
      directMessage('proviso-asked', open, undefined, { now: NOW }),
      directMessage('proviso-declined', declined, undefined, { now: NOW }),
    ];
    for (const message of said) {
      expect(validateMessage(message)).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
    }
    expect(said[1]?.text).toContain('did not accept');
  });

  it('stands on the card until the end once it was accepted', () => {
    const accepted = followedBy(open, { ...exampleEvent('proviso-accepted', open), ...of });
    expect(validateMessage(restoreCard(accepted, NOW))).toEqual([]);
    expect(JSON.stringify(restoreCard(accepted, NOW).blocks)).toContain('the requester accepted that');
  });
});

describe('a request that expired', () => {
  const twice = { rules: [{ name: 'R1', users: [APPROVER.id, 'U1'], groups: [], needed: 2 }], denialsNeeded: 1 };
  const asked = makeRestore('awaiting-approval', { policy: { approval: twice } });
  const first = followedBy(asked, exampleEvent('approved', asked));
  const waiting = followedBy(asked, {
    ...exampleEvent('approved', asked),
    proviso: { condition: 'After the import.' },
  });
  const said = (restore: Restore, language: Language) => {
    const reader = { language, zone: 'Europe/Berlin' };
    const expired = followedBy(restore, exampleEvent('request-expired', restore));
    return [restoreCard(expired, NOW, reader), directMessage('unanswered', expired, undefined, { now: NOW }, reader)]
      .map(({ text }) => text)
      .join('\n');
  };

  it.each([
    ['one of two had agreed', first],
    ['a yes waited for the requester', waiting],
    ['nobody had answered', asked],
  ])('says what was missing, and not that nobody agreed, when %s', (_, restore) => {
    const english = said(restore, 'en');
    expect(english).toContain('Expired: not decided in time');
    expect(english.match(/did not get every agreement that it needed by /g)).toHaveLength(2);
    expect(english).not.toMatch(/nobody/i);
    const german = said(restore, 'de');
    expect(german).toContain('Abgelaufen: nicht rechtzeitig entschieden');
    expect(german).toContain('Nicht alle nötigen Zustimmungen kamen bis ');
    expect(german).toContain('nicht alle nötigen Zustimmungen bekommen');
    expect(german).not.toContain('Niemand');
  });
});

describe('a restore about which people were asked anew', () => {
  const edited = followedBy(longest('awaiting-approval'), exampleEvent('edited', longest('awaiting-approval')));
  const agreed = longest('approved');
  const drifted = followedBy(
    agreed,
    { ...exampleEvent('message-settled', agreed), key: 'planned:C0CHANNEL' },
    { ...exampleEvent('drifted', agreed), why: HOSTILE.repeat(60) },
  );

  it.each([
    ['edited', edited, 'changed the plan'],
    ['drifted', drifted, 'is no longer so'],
  ])('because it was %s says so within the limits, on the card and privately', (_, restore, words) => {
    const card = restoreCard(restore, NOW);
    expect(validateMessage(card)).toEqual([]);
    expect(JSON.stringify(card.blocks)).toContain(words);
    const message = directMessage('asked-anew', restore, undefined, { now: NOW });
    expect(validateMessage(message)).toEqual([]);
    expect(message.text).toContain(words);
    for (const text of [...mrkdwnIn([card.blocks, message.blocks]), message.text]) {
      expect(text).not.toContain('<!channel>');
      expect(text).not.toContain('<https://evil');
    }
    expect(validateView({ ...editForm(restore, restore.plan, NOW) })).toEqual([]);
    const freezes = [{ name: HOSTILE, from: addMinutes(NOW, -60), to: addMinutes(NOW, 600) }];
    const policy = makePolicy({ calendar: { windows: [], freezes }, overrideApprovers: { users: ['U9'], groups: [] } });
    const chosen = { start: { kind: 'when-confirmed' }, wantsOverride: true } as const;
    const form = editForm(restore, { ...restore.plan, policy, chosen }, NOW);
    expect(validateView({ ...form })).toEqual([]);
    expect(JSON.stringify(form)).toContain(FIELD.overrideReason);
    for (const text of mrkdwnIn([form.blocks])) expect(text).not.toContain('<!channel>');
  });

  it.each([
    ['withdrawn', 'It has ended meanwhile', 'withdrawn', 'Sie ist inzwischen beendet'],
    ['request-expired', 'It has ended meanwhile', 'expired: not decided in time', 'Sie ist inzwischen beendet'],
  ] as const)(
    'and that ended by %s before they heard of it sends nobody to the card to decide',
    (end, ended, how, german) => {
      const over = followedBy(drifted, exampleEvent(end, drifted));
      expect(owedMessages(over).map(({ kind }) => kind)).toContain('asked-anew');
      const said = (language: 'en' | 'de') =>
        directMessage('asked-anew', over, undefined, { nth: 1, now: NOW }, { language }).text;
      expect(said('en')).toContain(ended);
      expect(said('en')).toContain(how);
      expect(said('en')).not.toMatch(/decide anew|decide on the card|Edit/);
      expect(said('de')).toContain(german);
      expect(said('de')).not.toMatch(/entscheiden auf der Karte/);
    },
  );

  it('is told to the channels that heard of the start', () => {
    const owed = owedMessages(drifted).filter(({ kind }) => kind === 'put-off');
    expect(owed).toMatchObject([{ key: 'put-off:C0CHANNEL:1', to: 'C0CHANNEL', round: 1 }]);
    const notice = putOffNotice(drifted, 1);
    expect(notice.kind === 'message' && validateMessage(notice)).toEqual([]);
  });
});
