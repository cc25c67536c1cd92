import { describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { answerForm } from '../../messages/answer-form.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { headMessage } from '../../messages/head-message.ts';
import { objectionForm } from '../../messages/objection-form.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { threadReply } from '../../messages/thread-reply.ts';
import { validateMessage, validateView } from '../../playground/slack/block-kit-rules.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { ReplyKind } from '../../src/restore/owed-message.ts';
import { nextUpdateAt } from '../../src/restore/promised-update.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { mrkdwnIn } from '../support/longest.ts';
import { followedBy, makeRestore, NOW, STATUSES } from '../support/make-restore.ts';
import { APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const HOSTILE = '<!channel> <@U1> <https://evil.example|click> & *_~` > 🧨 ';
const PLACE = 'C0ORDERS';
const POLICY = {
  contact: 'the owners '.repeat(20),
  actionRequired: 'Log in again. '.repeat(30),
  dependants: Array.from({ length: 40 }, (_, index) => ({
    name: `${HOSTILE}${index}`,
    owner: HOSTILE,
    groups: [`S0${index}OWNERS`],
  })),
};
const REPLIES: readonly ReplyKind[] = [
  'start-moved',
  'file-awaited',
  'unclear',
  'started',
  'verifying',
  'update',
  'objection',
  'objection-answered',
];

/** Objected to by very many people, in as many words as the form takes. */
function objectedTo(restore: Restore, count: number): Restore {
  const policy = { stakeholders: { users: Array.from({ length: count }, (_, index) => `U0S${index}`), groups: [] } };
  const listed = { ...restore, terms: { ...restore.terms, ...policy } };
  return policy.stakeholders.users.reduce<Restore>(
    (before, id) =>
      followedBy(before, {
        type: 'objected',
        at: minuteAfter(before),
        person: makePerson(id),
        why: HOSTILE.repeat(15),
        place: PLACE,
      }),
    listed,
  );
}

function answered(restore: Restore): Restore {
  const upTo = restore.objections?.length ?? 0;
  const event: RestoreEvent = {
    type: 'objections-answered',
    at: minuteAfter(restore),
    person: APPROVER,
    upTo,
    kind: 'go-on',
    words: HOSTILE.repeat(15),
  };
  return followedBy(restore, event);
}

const SAYS: Readonly<Record<Exclude<Status, 'awaiting-approval'>, RegExp>> = {
  approved: /restore planned: orders\n\*Status:\* planned; starts .*03:20 UTC[\s\S]*Next update:\* when it starts/,
  'taking-baseline': /restore started[\s\S]*a safety snapshot is being taken/,
  'requesting-safety-snapshot': /restore started[\s\S]*a safety snapshot is being taken/,
  'awaiting-safety-snapshot': /restore started[\s\S]*a safety snapshot is being taken/,
  'ready-to-restore': /restore started[\s\S]*a safety snapshot is being taken/,
  'restore-sent': /restore started[\s\S]*not known yet whether Aura carries it out/,
  'start-unclear':
    /restore not known to have run[\s\S]*not known yet whether the restore ran[\s\S]*if it ran, all changes after/,
  restoring: /restore started[\s\S]*is being restored, since/,
  verifying: /restore verifying[\s\S]*its data is being verified/,
  completed: /restore done[\s\S]*Action required:\* Log in again/,
  rehearsed: /restore called off[\s\S]*Nothing was rolled back/,
  failed: /restore failed[\s\S]*team is working on it/,
  denied: /restore called off[\s\S]*Nothing was rolled back/,
  withdrawn: /restore called off[\s\S]*Nothing was rolled back/,
  cancelled: /restore called off[\s\S]*Nothing was rolled back/,
  expired: /restore called off[\s\S]*Nothing was rolled back/,
  lapsed: /restore called off[\s\S]*Nothing was rolled back/,
};

describe.each(STATUSES)('the head message of a restore that is %s', (status) => {
  const restore = makeRestore(status);
  const head = headMessage(restore, PLACE);

  it('is within the limits, also at its longest, and obeys nobody’s markup', () => {
    for (const one of [restore, makeRestore(status, { policy: POLICY })]) {
      const message = headMessage(one, PLACE);
      expect(validateMessage(message)).toEqual([]);
      expect(JSON.stringify(message)).not.toContain('<!channel>');
    }
  });

  it('says where it stands, and when the next word comes', () => {
    if (status !== 'awaiting-approval') expect(head.text).toMatch(SAYS[status]);
    const next = nextUpdateAt(restore);
    if (next) expect(head.text).toContain(next.slice(11, 16));
    else expect(head.text).toMatch(/Next update:\* (?:none|when)/);
  });

  it('names the instance, its environment and the restore', () => {
    expect(head.text).toMatch(/orders[\s\S]*PRODUCTION[\s\S]*R-17/);
    expect(JSON.stringify(head.blocks)).toMatch(/orders[\s\S]*PRODUCTION[\s\S]*R-17/);
  });

  it('has the buttons exactly while the rules accept what they do', () => {
    const accepts = transition(restore, exampleEvent('acknowledged', restore)).kind === 'changed';
    for (const id of [ACTION.acknowledge, ACTION.object]) expect(JSON.stringify(head).includes(id)).toBe(accepts);
  });
});

describe('the head message', () => {
  it('says that an objection holds the start, and by when it must be answered', () => {
    const held = headMessage(objectedTo(makeRestore('approved'), 1), PLACE);
    expect(held.text).toMatch(/planned, held by an objection[\s\S]*does not start before that is answered/);
    expect(held.text).toContain('03:50 UTC');
    expect(headMessage(objectedTo(makeRestore('approved'), 3), PLACE).text).toContain('held by 3 objections');
  });

  it('says that it was put off, and mentions groups only in channels', () => {
    const approved = makeRestore('approved', {
      policy: { stakeholders: { users: ['U0OLGA'], groups: ['S0SUPPORT'] } },
    });
    const putOff = followedBy(approved, exampleEvent('drifted', approved));
    expect(headMessage(putOff, PLACE).text).toMatch(/restore put off[\s\S]*agreed to again/);
    expect(headMessage(approved, PLACE).text).toContain('<!subteam^S0SUPPORT>');
    expect(headMessage(approved, 'U0OLGA').text).not.toContain('subteam');
  });
});

describe('a reply in the thread', () => {
  it.each(REPLIES)('of the kind %s is within the limits in every status and obeys nobody’s markup', (kind) => {
    for (const status of STATUSES) {
      const restore = makeRestore(status, { policy: POLICY });
      const answer = { by: APPROVER.id, at: NOW, kind: 'go-on', words: HOSTILE.repeat(60) } as const;
      const objections = [{ by: 'U0SAM', at: NOW, why: HOSTILE.repeat(60), place: PLACE, holds: true, answer }];
      const seen = { ...restore, objections, observation: { at: NOW, words: HOSTILE.repeat(40) } };
      const message = threadReply(kind, seen, { place: PLACE, now: NOW, nth: 1 });
      expect(validateMessage(message)).toEqual([]);
      expect(JSON.stringify(message)).not.toContain('<!channel>');
    }
  });

  it('of a promised word says that it is late, when it is, and for when it was promised', () => {
    const started = makeRestore('restoring');
    const due = nextUpdateAt(started) ?? '';
    const restore = followedBy(started, { type: 'update-due', at: addMinutes(due, 60) });
    const at = (minutes: number) =>
      threadReply('update', restore, { place: PLACE, now: addMinutes(due, minutes), nth: 1 }).text;
    expect(at(60)).toContain('comes late');
    expect(at(60)).toContain(due.slice(11, 16));
    expect(at(1)).not.toContain('comes late');
    expect(at(1)).toMatch(/Still the same[\s\S]*Aura is restoring the instance.* Next update/);
  });
});

/** The numbers of the objections whose people a text mentions. */
function namedIn(payload: unknown): readonly number[] {
  const text = mrkdwnIn(payload).join('\n');
  return [...new Set([...text.matchAll(/<@U0S(\d+)>/g)].map(([, index]) => Number(index) + 1))];
}

describe('the form that answers objections', () => {
  it.each([
    ['six of the longest', 6, 6, undefined],
    ['as many as it holds', 40, 40, undefined],
    ['one more', 41, 40, '1 later objection is not shown here. This answer leaves it open'],
    ['many more', 45, 40, '5 later objections are not shown here. This answer leaves them open'],
  ])('answers what it shows and nothing else: %s', (_, count, shown, more) => {
    const restore = objectedTo(makeRestore('approved'), count);
    const form = answerForm(restore, APPROVER);
    expect(validateView({ ...form })).toEqual([]);
    expect(namedIn(form)).toEqual(Array.from({ length: shown }, (__, index) => index + 1));
    expect(JSON.parse(form.private_metadata ?? '')).toEqual({ id: restore.id, upTo: shown });
    const text = mrkdwnIn(form).join('\n');
    if (more) expect(text).toContain(more);
    else expect(text).not.toContain('not shown');
  });

  it('opens anew for those that it did not show', () => {
    const restore = objectedTo(makeRestore('approved'), 41);
    const event = { ...exampleEvent('objections-answered', restore), upTo: 40 } as RestoreEvent;
    expect(namedIn(answerForm(followedBy(restore, event), APPROVER))).toEqual([41]);
  });
});

const HELD_STATUSES = [
  'taking-baseline',
  'requesting-safety-snapshot',
  'awaiting-safety-snapshot',
  'ready-to-restore',
] as const;

describe('an objection that holds a restore', () => {
  const said = (status: Status) => {
    const restore = objectedTo(makeRestore(status), 1);
    const card = mrkdwnIn(restoreCard(restore, NOW)).join('\n');
    return [card, directMessage('objected', restore, undefined, { nth: 1, now: NOW }).text] as const;
  };

  it.each(HELD_STATUSES)(
    'while it is %s holds the call, can be answered by stopping only, and has an end',
    (status) => {
      for (const text of said(status)) {
        expect(text).toMatch(/the restore call is not sent, and it ends no later than .*03:50 UTC/);
        expect(text).toMatch(/The requester (may|can) stop it;/);
        expect(text).not.toContain('put it off');
      }
    },
  );

  it('before the start holds that, can be answered by putting it off, and has an end', () => {
    for (const text of said('approved')) {
      expect(text).toMatch(/it does not start, and ends .*03:50 UTC/);
      expect(text).toContain('put it off or stop it;');
    }
  });

  it.each([...HELD_STATUSES, 'approved'] as const)('while it is %s is said as the rules have it', (status) => {
    const restore = objectedTo(makeRestore(status), 1);
    const event = { ...exampleEvent('objections-answered', restore), person: REQUESTER, kind: 'put-off' };
    const isAccepted = transition(restore, event as RestoreEvent).kind === 'changed';
    expect(said(status)[0].includes('put it off')).toBe(isAccepted);
  });

  it('while people are asked has no end, and cannot be put off', () => {
    const held = objectedTo(makeRestore('approved'), 1);
    const asked = followedBy(held, exampleEvent('drifted', held));
    const card = mrkdwnIn(restoreCard(asked, NOW)).join('\n');
    expect(card).toContain('Without an answer it does not start. The requester may stop it;');
  });
});

describe('objections on the card', () => {
  it('are shown whole with their answers, the newest last, and the others counted', () => {
    const settled = answered(objectedTo(makeRestore('approved'), 6));
    const text = mrkdwnIn(restoreCard(settled, NOW)).join('\n');
    expect(text.match(/^\*Objection\* of/gm)).toHaveLength(6);
    expect(text.match(/^\*Answer\* of .*"$/gm)).toHaveLength(6);
    expect(text).not.toMatch(/(^|\n)…$/m);
  });

  it.each<readonly [string, Restore, string]>([
    ['one', objectedTo(makeRestore('approved'), 7), '1 earlier objection is not shown here and not answered yet.'],
    ['two', objectedTo(makeRestore('approved'), 8), '2 earlier objections are not shown here and not answered yet.'],
    ['one answered', answered(objectedTo(makeRestore('approved'), 7)), '1 earlier objection is not shown here.'],
    [
      'two, one of them answered',
      followedBy(objectedTo(makeRestore('approved'), 8), {
        ...exampleEvent('objections-answered', makeRestore('approved')),
        upTo: 1,
      } as RestoreEvent),
      '2 earlier objections are not shown here; 1 of them is not answered yet.',
    ],
  ])('count those that are left out, and say which wait for an answer: %s', (_, restore, words) => {
    expect(mrkdwnIn(restoreCard(restore, NOW)).join('\n')).toContain(words);
  });
});

describe('objections by very many people', () => {
  const objected = objectedTo(makeRestore('approved'), 40);
  const settled = answered(objected);

  it.each([
    ['not answered', objected],
    ['answered', settled],
  ])('%s, are within the limits wherever they are said', (_, restore) => {
    const card = restoreCard(restore, NOW);
    const messages = [
      card,
      headMessage(restore, PLACE),
      directMessage('objected', restore, undefined, { nth: 40, now: NOW }),
      directMessage('objection-settled', restore, undefined, { nth: 40, now: NOW }),
    ];
    for (const message of messages) {
      expect(validateMessage(message)).toEqual([]);
      expect(JSON.stringify(message)).not.toContain('<!channel>');
    }
    expect(card.blocks.length).toBeLessThan(50);
  });

  it('have forms within the limits, which offer each person what they may answer', () => {
    for (const view of [
      objectionForm(objected, PLACE),
      answerForm(objected, APPROVER),
      answerForm(objected, REQUESTER),
    ])
      expect(validateView({ ...view })).toEqual([]);
    expect(JSON.stringify(answerForm(objected, APPROVER))).toContain('go-on');
    expect(JSON.stringify(answerForm(objected, REQUESTER))).not.toContain('go-on');
  });

  it('stand on the card with a button to answer, as long as nobody has', () => {
    expect(JSON.stringify(restoreCard(objected, NOW))).toContain(ACTION.answer);
    expect(JSON.stringify(restoreCard(settled, NOW))).not.toContain(ACTION.answer);
    expect(restoreCard(objected, NOW).text).toContain('Held by an objection that nobody has answered');
  });
});
