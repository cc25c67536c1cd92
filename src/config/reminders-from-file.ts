import type { ApprovalTerms, EscalationStage, ReminderTerms } from '../restore/terms.ts';
import type { WorkingHours } from '../restore/working-hours.ts';
import type { Problem } from './problem.ts';

interface Settings {
  readonly reminders: {
    readonly after?: readonly number[];
    readonly nudges: { readonly every: number; readonly most: number };
  };
  readonly escalation?: readonly EscalationStage[];
  readonly working_hours: WorkingHours;
  /** In minutes. */
  readonly request_expiry: number;
}

/** When people are reminded where the file does not say, in minutes: each of these that comes before the request expires. */
const USUAL_REMINDERS: readonly number[] = [10, 30, 120];

/** How people are asked again for an instance. A rule that escalates to a stage that is not there is added to `problems`. */
export function remindersFrom(
  { reminders, escalation = [], working_hours, request_expiry }: Settings,
  approval: ApprovalTerms,
  where: string,
  problems: Problem[],
): ReminderTerms {
  for (const { name, escalatesTo = [] } of approval.rules) {
    for (const stage of escalatesTo) {
      if (escalation.some((one) => one.stage === stage)) continue;
      const key = stage === 'on-call' ? 'on_call' : stage;
      problems.push({
        where: `${where}.escalation.${key}`,
        what: `is missing, and the rule "${name}" escalates to it: say after how long and to whom, here or under defaults`,
      });
    }
  }
  const { every, most } = reminders.nudges;
  return {
    afterMinutes: reminders.after ?? USUAL_REMINDERS.filter((minutes) => minutes < request_expiry),
    nudges: { everyMinutes: every, most },
    escalation,
    workingHours: working_hours,
  };
}
