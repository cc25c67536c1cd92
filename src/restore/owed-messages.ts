import { isUnderWay } from './due-step.ts';
import { hasEnded, type Restore } from './restore.ts';

/** A message that the record says somebody must get. It is posted once; its key says whether it was. */
export interface OwedMessage {
  readonly key: string;
  /** `planned` and `outcome` are the two notices to stakeholders, `anchor` is for auditors; the others go to one person. */
  readonly kind: 'planned' | 'outcome' | 'anchor' | DirectKind;
  /** Slack channel id, or a person's id for a direct message. */
  readonly to: string;
}

/** Direct messages: confirmed, denied, unanswered, a question only a person can answer, and the end. */
export type DirectKind = 'confirmed' | 'denied' | 'unanswered' | 'judge-start' | 'ended';

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

function messagesDue(restore: Restore): readonly OwedMessage[] {
  const { state, plan, request } = restore;
  const toRequester = (kind: DirectKind): OwedMessage => ({
    key: `${kind}:${request.requestedBy}`,
    kind,
    to: request.requestedBy,
  });
  if (isUnderWay(state.status)) {
    const planned = plan.noticeChannels.map(
      (channel): OwedMessage => ({ key: plannedKey(channel), kind: 'planned', to: channel }),
    );
    if (state.status !== 'start-unclear') return [...planned, toRequester('confirmed')];
    const toApprover: OwedMessage = {
      key: `judge-start:${state.approval.by}`,
      kind: 'judge-start',
      to: state.approval.by,
    };
    return [...planned, toRequester('judge-start'), toApprover];
  }
  if (!hasEnded(state.status)) return [];
  // Last, so that it anchors what became of the other messages too.
  const anchor: OwedMessage = { key: ANCHOR_KEY, kind: 'anchor', to: auditChannel(restore) };
  // Only who was told of a start is told how it ended.
  const outcome = plan.noticeChannels
    .filter((channel) => restore.deliveries[plannedKey(channel)]?.status === 'posted')
    .map((channel): OwedMessage => ({ key: outcomeKey(channel), kind: 'outcome', to: channel }));
  switch (state.status) {
    case 'denied':
      return [toRequester('denied'), anchor];
    case 'expired':
      return [toRequester('unanswered'), anchor];
    case 'withdrawn':
      return [anchor];
    default:
      return [...outcome, toRequester('ended'), anchor];
  }
}
