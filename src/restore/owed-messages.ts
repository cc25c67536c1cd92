import type { AskedAnew, Vote } from './agreement.ts';
import { isUnderWay } from './due-step.ts';
import { driftOf } from './known-drift.ts';
import { mayHaveArrived } from './may-have-arrived.ts';
import { headKey, lateKey, ofStart, outcomeKey, plannedKey, putOffKey } from './message-key.ts';
import type { PersonId } from './names.ts';
import { newlyToldReplies } from './newly-told.ts';
import type { DirectKind, OwedMessage } from './owed-message.ts';
import { isEscalation, remindersOwed } from './owed-reminders.ts';
import type { Delivery, Restore } from './restore.ts';
import { putsOff, timesPutOff } from './round.ts';
import { objectionMessages, statusReplies } from './stakeholder-messages.ts';
import { noticePlaces } from './stakeholders.ts';
import { stalledMessages } from './stalled.ts';
import { isLateNews } from './start-time.ts';
import { hasEnded } from './state.ts';
import { undoneBy } from './undo.ts';
import { unreachedMessages } from './unreached.ts';
import { dependsStill } from './votes.ts';

/**
 * What is owed now, in the order it should be said. Derived from the record, so that nothing is lost in a crash and
 * nothing is said twice: a key that was settled, posted or given up, is no longer owed.
 */
export function owedMessages(restore: Restore): readonly OwedMessage[] {
  return [
    ...approvableDue(restore),
    ...driftDue(restore),
    ...askedAnewDue(restore),
    ...provisosDue(restore),
    ...putOffDue(restore),
    ...objectionMessages(restore),
    ...messagesDue(restore),
    ...remindersDue(restore),
    ...newlyAskedDue(restore),
  ].filter((message) => restore.deliveries[message.key] === undefined);
}

/** True when no pre-restore notice, nor its word to groups that are told besides, is still on its way, so that a start may follow. */
export function plannedNoticesAreSettled(restore: Restore): boolean {
  const putOff = timesPutOff(restore);
  const keys = [
    ...noticePlaces(restore).map((place) => plannedKey(place, putOff)),
    ...newlyToldReplies(restore).map(({ key }) => key),
  ];
  return keys.every((key) => restore.deliveries[key] !== undefined);
}

/** True when the requester was told that the restore starts late, or cannot be told. */
export function lateStartIsSaid(restore: Restore): boolean {
  return restore.deliveries[toRequester(restore, 'starting-late').key] !== undefined;
}

/**
 * True when the latest entry settled the last notice that a start was waiting for, or answered the objection that held it, at
 * `now` in epoch milliseconds: its step may be looked at at once. Not true of any later entry, so that whoever waits for
 * something else is left alone.
 */
export function startWaitsNoLonger(restore: Restore, now: number): boolean {
  const { state, history } = restore;
  const latest = history.at(-1);
  const settled = latest?.facts.message;
  return (
    state.status === 'approved' &&
    Date.parse(state.startAt) <= now &&
    plannedNoticesAreSettled(restore) &&
    (latest?.event === 'objections-answered' ||
      noticePlaces(restore).some((place) => plannedKey(place, timesPutOff(restore)) === settled) ||
      newlyToldReplies(restore).some(({ key }) => key === settled))
  );
}

/** Where the audit anchors of this restore go. */
export function auditChannel({ terms }: Pick<Restore, 'terms'>): string {
  return terms.auditChannel ?? terms.approvalsChannel;
}

const ANCHOR_KEY = 'anchor';
/** Under which the record keeps that the card could not be posted. A card that stands needs no word in the record. */
export const CARD_KEY = 'card';

/** The requester hears that it is not known whether enough people can approve, and then what a later look found. */
function approvableDue({ state, approvability, request }: Restore): readonly OwedMessage[] {
  if (state.status !== 'awaiting-approval' || !approvability) return [];
  const { kind, at } = approvability;
  const to = request.requestedBy;
  return [{ key: `approvable:${kind}:${at}:${to}`, kind: 'approvable', to }];
}

/** The requester hears what is no longer as planned, where nobody was asked anew by it, and that it is over. */
function driftDue(restore: Restore): readonly OwedMessage[] {
  const drift = restore.state.status === 'awaiting-approval' ? driftOf(restore) : undefined;
  const to = restore.request.requestedBy;
  if (!drift) return [];
  if (drift.overAt) return [{ key: `drift-over:${drift.overAt}:${to}`, kind: 'drift-over', to }];
  const isToldAnew = restore.askedAnew?.some(({ at }) => at === drift.at) === true;
  return isToldAnew ? [] : [{ key: `drift-noted:${drift.at}:${to}`, kind: 'drift-noted', to }];
}

/** Everybody whose vote fell is told why, and the requester too when it was not their doing. */
function askedAnewDue({ askedAnew = [], request }: Restore): readonly OwedMessage[] {
  return askedAnew.flatMap(({ votes, because }, index) =>
    toldOfAskingAnew(votes, because, request.requestedBy).map((to): OwedMessage => {
      const round = index + 1;
      return { key: `asked-anew:${round}:${to}`, kind: 'asked-anew', to, round };
    }),
  );
}

/** The requester hears what a yes depends on while that waits for them, and its giver when it was not accepted. */
function provisosDue({ state, request, declined = [] }: Restore): readonly OwedMessage[] {
  const open = state.status === 'awaiting-approval' ? state.votes.filter(dependsStill) : [];
  const to = request.requestedBy;
  return [
    ...open.map(({ by, at }): OwedMessage => ({ key: `proviso:${by}:${at}`, kind: 'proviso-asked', to })),
    ...declined.map((one, index): OwedMessage => {
      const round = index + 1;
      return { key: `proviso-declined:${round}:${one.to}`, kind: 'proviso-declined', to: one.to, round };
    }),
  ];
}

function toldOfAskingAnew(
  votes: readonly Vote[],
  because: AskedAnew['because'],
  requester: PersonId,
): readonly PersonId[] {
  const voters = votes.map(({ by }) => by);
  switch (because.kind) {
    case 'edited':
    case 'start-accepted':
      return voters;
    case 'drifted':
      return [...voters, requester];
    case 'put-off':
      return [...voters, requester].filter((person) => person !== because.by);
    default:
      return because satisfies never;
  }
}

/** Who was told of a start hears that it was put off. */
function putOffDue({ askedAnew = [], deliveries, terms }: Restore): readonly OwedMessage[] {
  let times = 0;
  return askedAnew.flatMap(({ because, before }, index): readonly OwedMessage[] => {
    if (!putsOff(because)) return [];
    const told = noticePlaces({ plan: before, terms }).filter(
      (place) =>
        mayHaveArrived(deliveries[plannedKey(place, times)]) || mayHaveArrived(deliveries[headKey(place, times)]),
    );
    times += 1;
    return told.map((to) => ({ key: putOffKey(to, times), kind: 'put-off', to, round: index + 1 }));
  });
}

/** Nobody notices the edit of a card: those whom a change asks besides are mentioned in its thread, while they are asked. */
function newlyAskedDue({ state, newlyAsked = [], terms }: Restore): readonly OwedMessage[] {
  if (state.status !== 'awaiting-approval') return [];
  return newlyAsked.map((_, index): OwedMessage => {
    const nth = index + 1;
    return { key: `newly-asked:${nth}`, kind: 'newly-asked', to: terms.approvalsChannel, nth };
  });
}

/** Who an unanswered request escalates to is told directly as well; the replies come last, because they wait for the card. */
function remindersDue(restore: Restore): readonly OwedMessage[] {
  const owed = remindersOwed(restore);
  const direct = owed
    .filter(({ reminder }) => isEscalation(reminder))
    .flatMap(({ key, number, to }) =>
      to.map((id): OwedMessage => ({ key: `${key}:${id}`, kind: 'escalated', to: id, reminder: number })),
    );
  const { approvalsChannel } = restore.terms;
  return [
    ...direct,
    ...owed.map(({ key, number }): OwedMessage => ({ key, kind: 'reminder', to: approvalsChannel, reminder: number })),
  ];
}

/** True when the channel was told of a start, or may have been, however often it was put off. */
function wasTold({ deliveries, ...restore }: Restore, channel: string): boolean {
  return Array.from({ length: timesPutOff(restore) + 1 }, (_, times) => times).some((times) =>
    [plannedKey(channel, times), headKey(channel, times)].some((key) => mayHaveArrived(deliveries[key])),
  );
}

function messagesDue(restore: Restore): readonly OwedMessage[] {
  const { state } = restore;
  const noCard = cardIsUnpostable(restore) ? [toRequester(restore, 'no-card')] : [];
  if (isUnderWay(state.status)) return [...underWay(restore), ...noCard];
  return hasEnded(state.status) ? atTheEnd(restore) : [...noCard, ...unreachedDue(restore)];
}

/** What is said of one start is said of the next one too, when the restore was put off. */
const SAID_OF_EACH_START: ReadonlySet<DirectKind> = new Set(['confirmed', 'starting-late']);

function toRequester(restore: Restore, kind: DirectKind): OwedMessage {
  const to = restore.request.requestedBy;
  const times = SAID_OF_EACH_START.has(kind) ? timesPutOff(restore) : 0;
  return { key: ofStart(`${kind}:${to}`, times), kind, to };
}

/** A reply waits for the card, so these come late: a card that cannot be posted holds nothing up. */
function unreachedDue(restore: Restore): readonly OwedMessage[] {
  return unreachedMessages(restore, { hasCard: !cardIsUnpostable(restore) });
}

function underWay(restore: Restore): readonly OwedMessage[] {
  const { state, lateStart } = restore;
  const putOff = timesPutOff(restore);
  const planned = noticePlaces(restore).map(
    (channel): OwedMessage => ({ key: plannedKey(channel, putOff), kind: 'planned', to: channel }),
  );
  if (state.status === 'start-unclear') {
    const { by } = state.approval;
    return [
      ...planned,
      toRequester(restore, 'judge-start'),
      { key: `judge-start:${by}`, kind: 'judge-start', to: by },
      ...statusReplies(restore),
      ...unreachedDue(restore),
    ];
  }
  // Only who was told of the start before is told that it is late: the planned notice says it itself.
  const late = noticePlaces(restore)
    .filter((channel) => heardOfOldStart(restore, channel))
    .map((channel): OwedMessage => ({ key: lateKey(channel, putOff), kind: 'late', to: channel }));
  const confirmed = toRequester(restore, 'confirmed');
  const byHand =
    state.status === 'restore-sent' && restore.plan.method === 'backup-file'
      ? [toRequester(restore, 'upload-now')]
      : [];
  const lateWords = lateStart ? [toRequester(restore, 'starting-late'), ...late] : [];
  return [
    ...planned,
    confirmed,
    ...byHand,
    ...lateWords,
    ...stalledMessages(restore),
    ...statusReplies(restore),
    ...unreachedDue(restore),
  ];
}

function atTheEnd(restore: Restore): readonly OwedMessage[] {
  const { state } = restore;
  // Last, so that it anchors what became of the other messages too.
  const anchor: OwedMessage = { key: ANCHOR_KEY, kind: 'anchor', to: auditChannel(restore) };
  const outcome = channelsOwedTheOutcome(restore).map(
    (channel): OwedMessage => ({ key: outcomeKey(channel), kind: 'outcome', to: channel }),
  );
  switch (state.status) {
    case 'denied':
      return [toRequester(restore, 'denied'), ...unreachedDue(restore), anchor];
    case 'expired':
      return [toRequester(restore, 'unanswered'), ...unreachedDue(restore), anchor];
    case 'withdrawn':
      return [...unreachedDue(restore), anchor];
    case 'completed':
      return [...undoneDue(restore), ...outcome, toRequester(restore, 'ended'), ...unreachedDue(restore), anchor];
    default:
      return [...outcome, toRequester(restore, 'ended'), ...unreachedDue(restore), anchor];
  }
}

/** The restore that was undone is told first: from then on its card and its head messages say so. */
function undoneDue(restore: Restore): readonly OwedMessage[] {
  const undoes = undoneBy(restore);
  return undoes ? [{ key: `undone:${undoes}`, kind: 'undone', to: restore.terms.approvalsChannel }] : [];
}

/**
 * Who was told of a start is told how it ended. When a restore call was sent, so is everybody whom Slack kept from hearing of
 * the start: their data may be another. A channel that refused the first notice would refuse this one.
 */
function channelsOwedTheOutcome(restore: Restore): readonly string[] {
  const { state } = restore;
  const wasSent = 'intent' in state && state.intent !== undefined;
  return noticePlaces(restore).filter(
    (channel) => wasTold(restore, channel) || (wasSent && plannedDelivery(restore, channel) === undefined),
  );
}

/** What became of the notice of the start that is planned now. */
function plannedDelivery(restore: Restore, channel: string): Delivery | undefined {
  return restore.deliveries[plannedKey(channel, timesPutOff(restore))];
}

/** True when the channel was told while the start was still to come as planned. */
function heardOfOldStart(restore: Restore, channel: string): boolean {
  const { lateStart } = restore;
  const planned = plannedDelivery(restore, channel);
  return planned?.status === 'posted' && lateStart !== undefined && !isLateNews(lateStart.plannedAt, planned.at);
}

function cardIsUnpostable({ deliveries }: Restore): boolean {
  return deliveries[CARD_KEY]?.status === 'undeliverable';
}
