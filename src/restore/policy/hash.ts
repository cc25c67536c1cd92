import { createHash } from 'node:crypto';
import type { InstancePolicy, Policy } from '../policy.ts';
import { canonical } from './tighter.ts';

/**
 * SHA-256 over all that a policy says, and of one instance over all that it says of that instance, linked accounts included.
 * The order in which a file names things makes no difference; a calendar file counts by its own hash.
 */
export function hashPolicy(policy: Policy): string {
  return hashOf(policy);
}

export function hashInstancePolicy(instance: InstancePolicy, samePeople: Policy['samePeople']): string {
  return hashOf({ instance, samePeople });
}

/** How much of a hash people are shown. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}

/** SHA-256 over the canonical JSON of a value whose lists mean nothing by their order. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}
