import type { RestoreFormModel } from '../messages/form-model.ts';
import { freezesAt } from '../src/restore/calendar.ts';
import { addMinutes } from '../src/restore/instant.ts';
import { leadMinutesFor } from '../src/restore/lead.ts';
import type { Instant } from '../src/restore/names.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';

/** The names of the freezes that hold at the chosen start: what an override asked for in a form is about. */
export function freezesOf(
  { start, isUrgent }: { readonly start: RestoreFormModel['start']; readonly isUrgent: boolean },
  policy: InstancePolicy,
  now: Instant,
): readonly string[] {
  const earliest = addMinutes(now, leadMinutesFor(policy, isUrgent));
  return freezesAt(policy.calendar, start.kind === 'at' && start.at ? start.at : earliest);
}
