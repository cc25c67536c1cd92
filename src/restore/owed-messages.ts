import { isUnderWay } from './due-step.ts';
import { ofStart, outcomeKey, plannedKey } from './message-key.ts';
import { isEscalation, remindersOwed } from './owed-reminders.ts';
import { type Delivery, hasEnded, type Restore } from './restore.ts';
import { timesPutOff } from './round.ts';
import { isLateNews } from './start-time.ts';
import { dependsStill } from './votes.ts';

/** A message that the record says somebody must get. It is posted once; its key says whether it was. */
export interface OwedMessage {
  readonly key: string;
  /** `planned` and `outcome` are the two notices to stakeholders, `late` comes between them when the start was missed and
   * `put-off` when it was put off, `anchor` is for auditors, `reminder` is a reply in the card's thread and `escalated` the same for one person; the others go to one person. */
  readonly kind: 'planned' | 'late' | 'put-off' | 'outcome' | 'anchor' | 'reminder' | 'escalated' | DirectKind;
  /** Slack channel id, or a person's id for a direct message. */
  readonly to: string;
  /** Which time of being asked anew, or which declined proviso, it tells of, counted from 1. */
  readonly round?: number;
  /** Which reminder of the round it is of, counted from 1. */
  readonly reminder?: number;
}

/** Other direct messages: asked anew, confirmed, denied, unanswered, a late start, a question only a person can answer, the end, and no card. */
export type DirectKind =
  | 'asked-anew'
  | 'proviso-asked'
  | 'proviso-declined'
  | 'confirmed'
  | 'denied'
  | 'unanswered'
  | 'starting-late'
  | 'judge-start'
  | 'ended'
  | 'no-card';

/**
 * What is owed now, in the order it should be said. Derived from the record, so that nothing is lost in a crash and
 * nothing is said twice: a key that was settled, posted or given up, is no longer owed.
 */
export function owedMessages(restore: Restore): readonly OwedMessage[] {
  return [
    ...askedAnewDue(restore),
    ...provisosDue(restore),
    ...putOffDue(restore),
    ...messagesDue(restore),
    ...remindersDue(restore),
  ].filter((message) => restore.deliveries[message.key] === undefined);
}

/** True when no pre-restore notice is still on its way, so that a start may follow. */
export function plannedNoticesAreSettled(restore: Restore): boolean {
  const putOff = timesPutOff(restore);
  return restore.plan.noticeChannels.every((channel) => restore.deliveries[plannedKey(channel, putOff)] !== undefined);
}

/** True when the requester was told that the restore starts late, or cannot be told. */
export function lateStartIsSaid(restore: Restore): boolean {
  return restore.deliveries[toRequester(restore, 'starting-late').key] !== undefined;
}

/**
 * True when the latest entry settled the last notice that a start was waiting for, at `now` in epoch milliseconds: its
 * step may be looked at at once. Not true of any later entry, so that whoever waits for something else is left alone.
 */
export function startWaitsNoLonger(restore: Restore, now: number): boolean {
  const { state, plan, history } = restore;
  const settled = history.at(-1)?.facts.message;
  return (
    state.status === 'approved' &&
    Date.parse(state.startAt) <= now &&
    plannedNoticesAreSettled(restore) &&
    plan.noticeChannels.some((channel) => plannedKey(channel, timesPutOff(restore)) === settled)
  );
}

/** Channels that were owed a notice and could not be reached, with the reason: the card names the gap. */
export function unreachedChannels(restore: Restore): readonly { readonly channel: string; readonly why: string }[] {
  const putOff = timesPutOff(restore);
  return restore.plan.noticeChannels.flatMap((channel) => {
    const gap = [plannedKey(channel, putOff), outcomeKey(channel)]
      .map((key) => restore.deliveries[key])
      .find((delivery) => delivery?.status === 'undeliverable');
    return gap?.status === 'undeliverable' ? [{ channel, why: gap.why }] : [];
  });
}

/** Where the audit anchors of this restore go. */
export function auditChannel({ terms }: Pick<Restore, 'terms'>): string {
  return terms.auditChannel ?? terms.approvalsChannel;
}

const ANCHOR_KEY = 'anchor';
/** Under which the record keeps that the card could not be posted. A card that stands needs no word in the record. */
export const CARD_KEY = 'card';

/** Everybody whose vote fell is told why, and the requester too when it was not their doing. */
function askedAnewDue({ askedAnew = [], request }: Restore): readonly OwedMessage[] {
  return askedAnew.flatMap(({ votes, because }, index) =>
    [...votes, ...(because.kind === 'drifted' ? [{ by: request.requestedBy }] : [])].map(({ by }): OwedMessage => {
      const round = index + 1;
      return { key: `asked-anew:${round}:${by}`, kind: 'asked-anew', to: by, round };
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

/** Channels that were told of a start hear that it was put off. */
function putOffDue({ askedAnew = [], deliveries }: Restore): readonly OwedMessage[] {
  let times = 0;
  return askedAnew.flatMap(({ because, before }, index): readonly OwedMessage[] => {
    if (because.kind !== 'drifted') return [];
    const told = before.noticeChannels.filter((channel) => deliveries[plannedKey(channel, times)]?.status === 'posted');
    times += 1;
    return told.map((to) => ({ key: `put-off:${to}:${times}`, kind: 'put-off', to, round: index + 1 }));
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

/** True when the channel was told of a start, however often it was put off. */
function wasTold(restore: Restore, channel: string): boolean {
  const rounds = Array.from({ length: timesPutOff(restore) + 1 }, (_, times) => plannedKey(channel, times));
  return rounds.some((key) => restore.deliveries[key]?.status === 'posted');
}

function messagesDue(restore: Restore): readonly OwedMessage[] {
  const { state } = restore;
  const noCard = cardIsUnpostable(restore) ? [toRequester(restore, 'no-card')] : [];
  if (isUnderWay(state.status)) return [...underWay(restore), ...noCard];
  return hasEnded(state.status) ? atTheEnd(restore) : noCard;
}

/** What is said of one start is said of the next one too, when the restore was put off. */
const SAID_OF_EACH_START: ReadonlySet<DirectKind> = new Set(['confirmed', 'starting-late']);

function toRequester(restore: Restore, kind: DirectKind): OwedMessage {
  const to = restore.request.requestedBy;
  const times = SAID_OF_EACH_START.has(kind) ? timesPutOff(restore) : 0;
  return { key: ofStart(`${kind}:${to}`, times), kind, to };
}

function underWay(restore: Restore): readonly OwedMessage[] {
  const { state, plan, lateStart } = restore;
  const putOff = timesPutOff(restore);
  const planned = plan.noticeChannels.map(
    (channel): OwedMessage => ({ key: plannedKey(channel, putOff), kind: 'planned', to: channel }),
  );
  if (state.status === 'start-unclear') {
    const { by } = state.approval;
    return [...planned, toRequester(restore, 'judge-start'), { key: `judge-start:${by}`, kind: 'judge-start', to: by }];
  }
  // Only who was told of the start before is told that it is late: the planned notice says it itself.
  const late = plan.noticeChannels
    .filter((channel) => heardOfOldStart(restore, channel))
    .map((channel): OwedMessage => ({ key: ofStart(`late:${channel}`, putOff), kind: 'late', to: channel }));
  const confirmed = toRequester(restore, 'confirmed');
  return lateStart ? [...planned, confirmed, toRequester(restore, 'starting-late'), ...late] : [...planned, confirmed];
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
      return [toRequester(restore, 'denied'), anchor];
    case 'expired':
      return [toRequester(restore, 'unanswered'), anchor];
    case 'withdrawn':
      return [anchor];
    default:
      return [...outcome, toRequester(restore, 'ended'), anchor];
  }
}

/**
 * Who was told of a start is told how it ended. When a restore call was sent, so is everybody whom Slack kept from hearing of
 * the start: their data may be another. A channel that refused the first notice would refuse this one.
 */
function channelsOwedTheOutcome(restore: Restore): readonly string[] {
  const { state, plan } = restore;
  const wasSent = 'intent' in state && state.intent !== undefined;
  return plan.noticeChannels.filter(
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
