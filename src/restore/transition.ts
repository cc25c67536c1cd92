import type { Outcome } from './change.ts';
import type { RestoreEvent } from './event.ts';
import { afterPerson } from './person-rules.ts';
import type { Restore } from './restore.ts';
import { afterWork } from './worker-rules.ts';

/**
 * The rules of a restore: what an event makes of a record, or why it changes nothing. Pure, so the store may run it
 * again when two writers meet.
 */
export function transition(restore: Restore, event: RestoreEvent): Outcome {
  switch (event.type) {
    case 'approved':
    case 'denied':
    case 'vote-taken-back':
    case 'proviso-accepted':
    case 'proviso-declined':
    case 'looking':
    case 'edited':
    case 'acknowledged':
    case 'objected':
    case 'objections-answered':
    case 'withdrawn':
    case 'nudged':
    case 'cancelled':
    case 'start-judged':
    case 'attempt-refused':
      return afterPerson(restore, event);
    default:
      return afterWork(restore, event);
  }
}
