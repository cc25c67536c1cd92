import type { Instant } from '../restore/names.ts';
import type { Delivery } from '../restore/restore.ts';
import type { Posted } from './post-once.ts';

/** What became of a message, as its record keeps it; undefined while it is still owed. */
export function deliveryOf(posted: Posted, at: Instant): Delivery | undefined {
  switch (posted.kind) {
    case 'posted':
      return { status: 'posted', channel: posted.channel, ts: posted.ts, at };
    case 'refused':
      return {
        status: 'undeliverable',
        why: posted.code,
        at,
        ...(posted.mayHaveArrived ? { mayHaveArrived: true } : {}),
      };
    case 'unsettled':
      return undefined;
    default:
      return posted satisfies never;
  }
}
