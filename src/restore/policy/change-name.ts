import type { PolicyChange } from './policy-change.ts';

/** A change in a word for the history; of settings those that hold at once, or those that wait. */
export function nameOf(change: PolicyChange, part: 'at-once' | 'waiting'): string {
  switch (change.kind) {
    case 'links':
      return 'linked accounts';
    case 'on-call':
      return 'on-call schedules and accounts';
    case 'settings':
      return `${change.after.alias}: ${change.changes
        .filter(({ weights }) => weights.includes('loosens') === (part === 'waiting'))
        .map(({ setting }) => setting)
        .join(' ')}`;
    case 'instance-removed':
      return `${change.before.alias}: removed`;
    default:
      return `${change.after.alias}: ${change.kind}`;
  }
}
