import type { Delivery } from './restore.ts';

/** True of a message that stands in Slack, and of one of which nobody knows whether it does: whoever may have read it hears more. */
export function mayHaveArrived(delivery: Delivery | undefined): boolean {
  return delivery?.status === 'posted' || delivery?.mayHaveArrived === true;
}
