import type { Restore } from './restore.ts';

type Asked = Pick<Restore, 'request' | 'plan'>;

/** The same form, delivered again: its request is on record already. */
export function isSameSubmission(
  { request: one }: Pick<Asked, 'request'>,
  { request: other }: Pick<Asked, 'request'>,
): boolean {
  return (
    one.interaction !== undefined && one.interaction === other.interaction && one.requestedBy === other.requestedBy
  );
}

/**
 * Whether somebody who asks so has asked for the same already: the same way back for the same instance. Slack tells people after
 * three seconds that something went wrong; what they then ask for anew may be over when the first form gets through.
 */
export function asksForTheSame(one: Asked, other: Asked): boolean {
  return one.plan.method === other.plan.method && one.plan.instance.auraId === other.plan.instance.auraId;
}
