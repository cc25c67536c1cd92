import { describe, expect, it } from 'vitest';
import { URGENT } from '../../messages/action-ids.ts';
import type { RestoreFormModel } from '../../messages/form-model.ts';
import { refusalText } from '../../messages/refusal.ts';
import { escalationMessage, nudgedReply, reminderReply } from '../../messages/reminder.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { restoreForm } from '../../messages/restore-form.ts';
import { validateMessage, validateView } from '../../playground/slack/block-kit-rules.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { LANGUAGES } from '../../src/restore/language.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ReminderTerms } from '../../src/restore/terms.ts';
import { followedBy, makePolicy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const HOSTILE = '<!channel> <@U1> & *_~`';
const LEADS = 'S0LEADS';
const OFFICE = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' } as const;
const reminders: ReminderTerms = {
  afterMinutes: [10, 30, 120],
  nudges: { everyMinutes: 15, most: 3 },
  escalation: [
    { stage: 'fallback', afterMinutes: 20, users: [], groups: [LEADS] },
    { stage: 'on-call', afterMinutes: 40, users: [], groups: [], onCall: [HOSTILE] },
  ],
  workingHours: OFFICE,
};
const rule = { needed: 2, users: [APPROVER.id], groups: ['S0DBAS'] };
const approval = {
  denialsNeeded: 1,
  rules: [
    { ...rule, name: HOSTILE, escalatesTo: ['fallback'] as const },
    { ...rule, name: 'service owners' },
  ],
};
const crowd = Array.from({ length: 40 }, (_, index) => makePerson(`U0PERSON${index}`, { groups: ['S0DBAS'] }));
const lead = makePerson('U0LENA', { groups: [LEADS] });
const asking = (isUrgent = true) =>
  makeRestore('awaiting-approval', { policy: { approval, reminders }, draft: { isUrgent } });

const remindedAfter = (restore: Restore, minutes: number): Restore =>
  followedBy(restore, {
    type: 'reminded',
    at: addMinutes(NOW, minutes),
    asked: { people: [...crowd, lead], isWhole: true },
  });

describe('a reminder', () => {
  it('says which restore, who is asked, what is missing and until when, and fits', () => {
    const reply = reminderReply(remindedAfter(asking(), 10), { reminder: 1, now: NOW });
    expect(validateMessage(reply)).toEqual([]);
    expect(reply.text).toContain('R-17, restore of orders (PRODUCTION');
    expect(reply.text).toContain('snapshot of 2026-11-21 00:04 UTC');
    for (const { id } of crowd) expect(reply.text).toContain(`<@${id}>`);
    expect(reply.text).toContain('Still missing: 0 of 2');
    expect(reply.text).toContain('2026-11-21 04:04 UTC');
    for (const text of [reply.text, JSON.stringify(reply.blocks)]) {
      expect(text).not.toContain('<!channel>');
      expect(text).not.toContain(REQUESTER.id);
    }
  });

  it('of an escalation says what its people may do, in the thread and directly', () => {
    const escalated = remindedAfter(remindedAfter(asking(), 10), 20);
    const direct = escalationMessage(escalated, { reminder: 2, cardLink: 'https://example.slack.com/x', now: NOW });
    for (const message of [reminderReply(escalated, { reminder: 2, now: NOW }), direct]) {
      expect(validateMessage(message)).toEqual([]);
      expect(message.text).toContain('nobody has decided about it yet');
      expect(message.text).toContain('You may agree now, as');
      expect(message.text).toContain('As many people are needed as before');
      expect(message.text).not.toContain('<!channel>');
    }
    expect(JSON.stringify(direct.blocks)).toContain('Open the card');
    const told = {
      ...escalated,
      terms: { ...escalated.terms, approval: { denialsNeeded: 1, rules: [{ ...rule, name: 'x' }] } },
    };
    expect(reminderReply(told, { reminder: 2, now: NOW }).text).toContain('You cannot decide about it yourself');
  });

  it('that was answered meanwhile still reads well', () => {
    expect(reminderReply(makeRestore('approved'), { reminder: 1, now: NOW }).text).toContain('is answered');
  });
});

describe.each(LANGUAGES)('in every language, here %s,', (language) => {
  it('reminders, escalations, nudges and the card fit, and mention nobody else', () => {
    const escalated = remindedAfter(remindedAfter(asking(), 10), 20);
    const messages = [
      reminderReply(remindedAfter(asking(), 10), { reminder: 1, now: NOW }, { language }),
      reminderReply(escalated, { reminder: 2, now: NOW }, { language }),
      escalationMessage(escalated, { reminder: 2, now: NOW }, { language }),
      restoreCard(escalated, NOW, { language }),
    ];
    for (const message of messages) {
      expect(validateMessage(message)).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
      expect(JSON.stringify(message.blocks)).not.toContain('<!channel>');
    }
    expect(nudgedReply(escalated, { language }).text).not.toContain('undefined');
  });
});

describe('the card', () => {
  it('says from the start how people are asked again and whom it escalates to, as far as that comes before the end', () => {
    const card = restoreCard(asking(false), NOW);
    expect(validateMessage(card)).toEqual([]);
    const words = JSON.stringify(card.blocks);
    expect(words).toContain('reminded* after 10 min and 30 min, in the working hours of each');
    expect(words).toContain('After 20 min also told:* <!subteam^S0LEADS>');
    expect(words).toContain('They may then agree as well');
    expect(words).toContain('They are told only and cannot decide');
    expect(words).toContain('Answer until');
    expect(words).toContain('has not started 30 min after its start time');
    expect(words).not.toContain('2 h, ');
    expect(words).not.toContain('<!channel>');
  });

  it('says what was done, what is urgent, and when more comes', () => {
    const words = JSON.stringify(
      restoreCard(remindedAfter(remindedAfter(asking(), 10), 20), addMinutes(NOW, 20)).blocks,
    );
    expect(words).toContain('*Urgent:*');
    expect(words).toContain('Escalated:* <!subteam^S0LEADS>');
    expect(words).toContain('They may now agree as well');
    expect(words).toContain('<@U0LENA> told, because nobody had decided');
    expect(words).toMatch(/Next <!date\^\d+\^\{date_short_pretty\} \{time\}\|2026-11-21 03:34 UTC>/);
  });
});

describe('a nudge', () => {
  it('is answered with whom it reached, or why it reached nobody', () => {
    const nudged = followedBy(asking(), {
      type: 'nudged',
      at: addMinutes(NOW, 1),
      person: REQUESTER,
      asked: { people: crowd, isWhole: true },
    });
    expect(nudgedReply(nudged).text).toContain('<@U0PERSON0>');
    expect(nudgedReply(nudged).text).toContain('and 28 more');
    expect(reminderReply(nudged, { reminder: 1, now: NOW }).text).toContain('the requester asks you to answer');
    expect(refusalText({ reason: 'nudged-lately', until: NOW }).text).toContain('You can again');
    expect(refusalText({ reason: 'nudged-enough', most: 3 }).text).toContain('3 times');
    expect(refusalText({ reason: 'nobody-to-nudge', from: NOW }).text).toContain('The first may be asked');
    expect(refusalText({ reason: 'nobody-to-nudge' }).text).toContain('Talk to one of them directly');
  });
});

describe('the form', () => {
  const policy = makePolicy({ reminders, workingHours: OFFICE });
  const look = { kind: 'seen', status: 'running', snapshotCount: 1, daysRead: 1, daysKept: 1 } as const;
  const draw = (model: Partial<RestoreFormModel>, firstAtWork?: string) => {
    const whole = {
      now: NOW,
      instances: [policy],
      chosen: { policy, look, ...(firstAtWork ? { firstAtWork } : {}) },
      start: { kind: 'when-confirmed' },
      ...model,
    } as const;
    const [view] = LANGUAGES.map((language) => {
      const drawn = restoreForm(whole, { language, zone: 'Asia/Tokyo' });
      expect(validateView({ ...drawn })).toEqual([]);
      return drawn;
    });
    return JSON.stringify(view);
  };
  const WARNING = 'Nobody who is asked is at work before this request expires';

  it('warns when nobody is at work before the request expires, to the minute, unless it is urgent', () => {
    expect(draw({}, addMinutes(NOW, 60))).toContain(WARNING);
    expect(draw({}, addMinutes(NOW, 60))).toContain('the first is at work 21 Nov 13:04 (04:04 UTC)');
    expect(draw({}, addMinutes(NOW, 59))).not.toContain(WARNING);
    expect(draw({})).not.toContain(WARNING);
    expect(draw({ isUrgent: true }, addMinutes(NOW, 60))).not.toContain(WARNING);
  });

  it('takes a security incident for urgent, and nothing else', () => {
    expect(draw({ reasonKind: 'security-incident' })).toContain(`"initial_options":[{"text":`);
    expect(draw({ reasonKind: 'corrupted-data' })).not.toContain('initial_options');
    expect(draw({})).toContain(`"value":"${URGENT}"`);
  });
});
