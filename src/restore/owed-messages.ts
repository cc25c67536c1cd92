import { isUnderWay } from './due-step.ts';
import { hasEnded, type Restore } from './restore.ts';
import { isLateNews } from './start-time.ts';

/** A message that the record says somebody must get. It is posted once; its key says whether it was. */
export interface OwedMessage {
  readonly key: string;
  /** `planned` and `outcome` are the two notices to stakeholders, `late` comes between them when the start was missed,
   * `anchor` is for auditors; the others go to one person. */
  readonly kind: 'planned' | 'late' | 'outcome' | 'anchor' | DirectKind;
  /** Slack channel id, or a person's id for a direct message. */
  readonly to: string;
}

/** Direct messages: confirmed, denied, unanswered, a late start, a question only a person can answer, the end, and no card. */
export type DirectKind = 'confirmed' | 'denied' | 'unanswered' | 'starting-late' | 'judge-start' | 'ended' | 'no-card';

/**
 * What is owed now, in the order it should be said. Derived from the record, so that nothing is lost in a crash and
 * nothing is said twice: a key that was settled, posted or given up, is no longer owed.
 */
export function owedMessages(restore: Restore): readonly OwedMessage[] {
  return messagesDue(restore).filter((message) => restore.deliveries[message.key] === undefined);
}

/** True when no pre-restore notice is still on its way, so that a start may follow. */
export function plannedNoticesAreSettled(restore: Restore): boolean {
  return restore.plan.noticeChannels.every((channel) => restore.deliveries[plannedKey(channel)] !== undefined);
}

/** True when the requester was told that the restore starts late, or cannot be told. */
export function lateStartIsSaid(restore: Restore): boolean {
  return restore.deliveries[`starting-late:${restore.request.requestedBy}`] !== undefined;
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
    plan.noticeChannels.some((channel) => plannedKey(channel) === settled)
  );
}

/** Channels that were owed a notice and could not be reached, with the reason: the card names the gap. */
export function unreachedChannels(restore: Restore): readonly { readonly channel: string; readonly why: string }[] {
  return restore.plan.noticeChannels.flatMap((channel) => {
    const gap = [plannedKey(channel), outcomeKey(channel)]
      .map((key) => restore.deliveries[key])
      .find((delivery) => delivery?.status === 'undeliverable');
    return gap?.status === 'undeliverable' ? [{ channel, why: gap.why }] : [];
  });
}

export function plannedKey(channel: string): string {
  return `planned:${channel}`;
}

export function outcomeKey(channel: string): string {
  return `outcome:${channel}`;
}

/** Where the audit anchors of this restore go. */
export function auditChannel({ terms }: Pick<Restore, 'terms'>): string {
  return terms.auditChannel ?? terms.approvalsChannel;
}

const ANCHOR_KEY = 'anchor';
/** Under which the record keeps that the card could not be posted. A card that stands needs no word in the record. */
export const CARD_KEY = 'card';

function messagesDue(restore: Restore): readonly OwedMessage[] {
  const { state } = restore;
  const noCard = cardIsUnpostable(restore) ? [toRequester(restore, 'no-card')] : [];
  if (isUnderWay(state.status)) return [...underWay(restore), ...noCard];
  return hasEnded(state.status) ? atTheEnd(restore) : noCard;
}

function toRequester({ request }: Restore, kind: DirectKind): OwedMessage {
  return { key: `${kind}:${request.requestedBy}`, kind, to: request.requestedBy };
}

function underWay(restore: Restore): readonly OwedMessage[] {
  const { state, plan, lateStart } = restore;
  const planned = plan.noticeChannels.map(
    (channel): OwedMessage => ({ key: plannedKey(channel), kind: 'planned', to: channel }),
  );
  if (state.status === 'start-unclear') {
    const { by } = state.approval;
    return [...planned, toRequester(restore, 'judge-start'), { key: `judge-start:${by}`, kind: 'judge-start', to: by }];
  }
  // Only who was told of the start before is told that it is late: the planned notice says it itself.
  const late = told(restore)
    .filter((channel) => heardOfOldStart(restore, channel))
    .map((channel): OwedMessage => ({ key: `late:${channel}`, kind: 'late', to: channel }));
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
function channelsOwedTheOutcome({ state, plan, deliveries }: Restore): readonly string[] {
  const wasSent = 'intent' in state && state.intent !== undefined;
  return plan.noticeChannels.filter((channel) => {
    const planned = deliveries[plannedKey(channel)];
    return planned ? planned.status === 'posted' : wasSent;
  });
}

function told({ plan, deliveries }: Restore): readonly string[] {
  return plan.noticeChannels.filter((channel) => deliveries[plannedKey(channel)]?.status === 'posted');
}

/** True when the channel was told while the start was still to come as planned. */
function heardOfOldStart({ deliveries, lateStart }: Restore, channel: string): boolean {
  const at = deliveries[plannedKey(channel)]?.at;
  return at !== undefined && lateStart !== undefined && !isLateNews(lateStart.plannedAt, at);
}

function cardIsUnpostable({ deliveries }: Restore): boolean {
  return deliveries[CARD_KEY]?.status === 'undeliverable';
}
