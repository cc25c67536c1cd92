import type { Instant } from '../names.ts';
import type { Restore } from '../restore.ts';

/**
 * Whether a restore call for the instance was about to go out at this moment or later: then its live data is no longer what a
 * snapshot of that moment holds.
 */
export function wasPutBackSince(
  { plan, state }: Pick<Restore, 'plan' | 'state'>,
  { auraId, at }: { readonly auraId: string; readonly at: Instant },
): boolean {
  const intent = 'intent' in state ? state.intent : undefined;
  return plan.instance.auraId === auraId && intent !== undefined && intent.at >= at;
}
