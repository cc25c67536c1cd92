import { answerForm } from '../../messages/answer-form.ts';
import { approvalForm } from '../../messages/approval-form.ts';
import { cardAsPosted } from '../../messages/card-ring.ts';
import { denialForm } from '../../messages/denial-form.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { type EditOffer, editForm } from '../../messages/edit-form.ts';
import { headMessage } from '../../messages/head-message.ts';
import { lateNotice } from '../../messages/late-notice.ts';
import type { Notice } from '../../messages/notice.ts';
import { objectionForm } from '../../messages/objection-form.ts';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { putOffNotice } from '../../messages/put-off-notice.ts';
import { escalationMessage, newlyAskedReply, nudgedReply, reminderReply } from '../../messages/reminder.ts';
import { statusReply } from '../../messages/replies.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { threadReply } from '../../messages/thread-reply.ts';
import { unreachedReply } from '../../messages/unreached.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { StartLimit } from '../../src/restore/closing.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import { unanswered } from '../../src/restore/objection.ts';
import type { DirectKind, ReplyKind } from '../../src/restore/owed-message.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import { timesPutOff } from '../../src/restore/round.ts';
import type { Said } from './every-message.ts';
import { exampleRestores } from './example-restores.ts';
import { makePolicy, NOW } from './make-restore.ts';
import { LINK } from './message-facts.ts';
import { APPROVER } from './people.ts';

const IN_FREEZE: EditOffer = {
  checks: [],
  noticeChannels: [],
  policy: makePolicy({
    calendar: { windows: [], freezes: [{ name: 'Sperre-1', from: addMinutes(NOW, -60), to: addMinutes(NOW, 600) }] },
    overrideApprovers: { users: ['U9'], groups: [] },
  }),
  chosen: { start: { kind: 'when-confirmed' }, wantsOverride: true },
};

const isPlain = (name: string): boolean => name === 'awaiting-approval' || name === 'approved';
const CLOSINGS = [
  { at: addMinutes(NOW, 60), freezes: [] },
  { at: addMinutes(NOW, 90), freezes: ['Sperre-1'] },
];
const CLOSED: StartLimit = {
  closed: {
    startAt: addMinutes(NOW, 15),
    closed: { by: 'freezes', names: ['Sperre-1'], until: addMinutes(NOW, 600) },
    nextPossible: [addMinutes(NOW, 600)],
    mayOverride: true,
  },
  why: 'Zu-4',
  isAsked: true,
};

/** What is said of one restore: its card, its forms, its replies and what it owes to people. */
export function messagesAbout(name: string, restore: Restore, reader: Reader): readonly Said[] {
  const say = (what: string, kind: Said['kind'], payload: unknown): Said => ({
    name: `${what} of a restore that is ${name}`,
    kind,
    payload,
    restore,
  });
  const direct = owedMessages(restore).flatMap(({ kind, round, nth }) =>
    isDirect(kind)
      ? [
          say(
            `direct message "${kind}"`,
            'message',
            directMessage(kind, restore, LINK, { nth: round ?? nth, now: NOW }, reader),
          ),
        ]
      : [],
  );
  const reminders = owedMessages(restore).flatMap(({ kind, reminder = 0, nth = 0 }) => {
    if (kind === 'reminder')
      return [say('reminder', 'message', reminderReply(restore, { reminder, now: NOW }, reader))];
    if (kind === 'newly-asked')
      return [say('reply to those newly asked', 'message', newlyAskedReply(restore, { nth, now: NOW }, reader))];
    if (kind === 'unreached-reply')
      return [
        say('reply of a place that was not reached', 'message', unreachedReply(restore, { nth, now: NOW }, reader)),
      ];
    if (kind !== 'escalated') return [];
    return [say('escalation', 'message', escalationMessage(restore, { reminder, cardLink: LINK, now: NOW }, reader))];
  });
  const isNudged = restore.reminded?.sent.some(({ kind }) => kind === 'nudge');
  return [
    ...reminders,
    ...(isNudged ? [say('answer to a nudge', 'words', nudgedReply(restore, reader))] : []),
    say('card', 'message', restoreCard(restore, NOW, reader)),
    say('card as it is posted', 'message', cardAsPosted(restoreCard(restore, NOW, reader), restore, wordsFor(reader))),
    say('status', 'message', statusReply({ restore, link: LINK }, NOW, reader)),
    say('approval form', 'view', approvalForm(restore, NOW, APPROVER, reader)),
    ...(isPlain(name)
      ? [CLOSED, { ...CLOSED, isAsked: false }].flatMap((closed) => [
          say('card of a start that is closed now', 'message', restoreCard(restore, NOW, reader, closed)),
          say('form of a start that is closed now', 'view', approvalForm(restore, NOW, APPROVER, reader, closed)),
        ])
      : []),
    ...(isPlain(name) ? CLOSINGS : []).flatMap((closing) => [
      say(`card before ${closing.at}`, 'message', restoreCard(restore, NOW, reader, closing)),
      say(`approval form before ${closing.at}`, 'view', approvalForm(restore, NOW, APPROVER, reader, closing)),
    ]),
    say('denial form', 'view', denialForm(restore, reader)),
    say('edit form', 'view', editForm(restore, { checks: ['check-1'], noticeChannels: ['C1'] }, NOW, reader)),
    say('edit form in a freeze', 'view', editForm(restore, IN_FREEZE, NOW, reader)),
    say('head message', 'message', headMessage(restore, 'C0ORDERS', reader)),
    ...replies(restore, reader).map(([kind, payload]) => say(`reply "${kind}"`, 'message', payload)),
    say('objection form', 'view', objectionForm(restore, 'C0ORDERS', reader)),
    ...(unanswered(restore).length > 0 ? [say('answer form', 'view', answerForm(restore, APPROVER, reader))] : []),
    ...direct,
  ];
}

/** Replies in the thread that make sense of this restore. */
function replies(restore: Restore, reader: Reader): readonly (readonly [ReplyKind, unknown])[] {
  const { objections = [], updates = [], movedStart, state } = restore;
  const kinds: readonly ReplyKind[] = [
    ...(movedStart ? (['start-moved'] as const) : []),
    ...(state.status === 'restore-sent' ? (['file-awaited'] as const) : []),
    ...(state.status === 'start-unclear' ? (['unclear'] as const) : []),
    ...(state.status === 'restoring' || state.status === 'verifying' ? (['started'] as const) : []),
    ...('restoredAt' in state ? (['verifying'] as const) : []),
    ...(updates.length > 0 ? (['update'] as const) : []),
    ...(restore.newlyTold ? (['newly-told'] as const) : []),
    ...(objections.length > 0 ? (['objection'] as const) : []),
    ...(objections.some(({ answer }) => answer) ? (['objection-answered'] as const) : []),
  ];
  const facts = { place: 'C0ORDERS', nth: 1 };
  return kinds.map((kind) => {
    const now = kind === 'update' ? addMinutes(NOW, 50) : NOW;
    return [kind, threadReply(kind, restore, { ...facts, now }, reader)] as const;
  });
}

const DIRECT: Readonly<Record<DirectKind, true>> = {
  approvable: true,
  'drift-noted': true,
  'drift-over': true,
  'asked-anew': true,
  'proviso-asked': true,
  'proviso-declined': true,
  confirmed: true,
  denied: true,
  unanswered: true,
  'starting-late': true,
  'judge-start': true,
  'upload-now': true,
  stalled: true,
  objected: true,
  'objection-settled': true,
  ended: true,
  unreached: true,
  'no-card': true,
};

function isDirect(kind: string): kind is DirectKind {
  return kind in DIRECT;
}

/** What the channels of those concerned are told of every example. */
export function messagesOfNotices(reader: Reader): readonly Said[] {
  return exampleRestores().flatMap(([name, restore]) => noticesAbout(name, restore, reader));
}

/** What the channels of those concerned are told of one restore. */
export function noticesAbout(name: string, restore: Restore, reader: Reader): readonly Said[] {
  const all = [
    [`planned notice, ${name}`, restore, plannedNotice(restore, NOW, reader)] as const,
    [`late planned notice, ${name}`, restore, plannedNotice(restore, addMinutes(NOW, 60), reader)] as const,
    [`late notice, ${name}`, restore, lateNotice(restore, reader)] as const,
    [`put-off notice, ${name}`, restore, putOffNotice(restore, 1, reader)] as const,
    [`outcome notice, ${name}`, restore, outcomeNotice(restore, 'C0UNTOLD', reader)] as const,
    [
      `outcome notice, perhaps untold, ${name}`,
      restore,
      outcomeNotice(perhapsTold(restore), 'C0UNTOLD', reader),
    ] as const,
  ] as const;
  return all.flatMap(([what, about, notice]) => noticeOf(what, notice, about));
}

/** Nobody knows whether the channel was told of its start. */
function perhapsTold(restore: Restore): Restore {
  const planned: Delivery = { status: 'undeliverable', why: 'internal_error', at: NOW, mayHaveArrived: true };
  return { ...restore, deliveries: { ...restore.deliveries, [plannedKey('C0UNTOLD', timesPutOff(restore))]: planned } };
}

function noticeOf(name: string, notice: Notice, restore: Restore): readonly Said[] {
  if (notice.kind === 'incomplete') return [];
  const { kind: _, ...payload } = notice;
  return [{ name, kind: 'message', payload, restore }];
}
