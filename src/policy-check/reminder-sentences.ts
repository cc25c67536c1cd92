import type { InstancePolicy } from '../restore/policy.ts';
import type { PeopleRule, Stage } from '../restore/terms.ts';

const STAGE_NAMES: Readonly<Record<Stage, string>> = { fallback: 'the fallback', 'on-call': 'whoever is on call' };

/** How people are asked again while they do not answer, in sentences for the operator; what can never happen is said. */
export function reminderSentences(
  { reminders, requestExpiryMinutes, approval }: InstancePolicy,
  people: (rule: PeopleRule) => string,
): readonly string[] {
  if (!reminders) return ['reminds nobody who does not answer'];
  const { afterMinutes, nudges, escalation, workingHours } = reminders;
  const never = (minutes: number) => (minutes < requestExpiryMinutes ? '' : ' (NEVER: the request expires before)');
  const times = afterMinutes.map((minutes) => `${minutes}${never(minutes)}`).join(', ');
  const hours = workingHours
    ? `within ${workingHours.days.join(', ')} ${workingHours.from} to ${workingHours.to} of each one's own zone, unless the request is urgent`
    : 'at any hour';
  return [
    times ? `who does not answer is reminded after ${times} minutes, ${hours}` : 'reminds nobody who does not answer',
    `the requester may nudge them ${nudges.most} times, once in ${nudges.everyMinutes} minutes`,
    ...escalation.map(({ stage, afterMinutes: minutes, ...rule }) => {
      const rules = approval.rules.filter(({ escalatesTo = [] }) => escalatesTo.includes(stage));
      const may =
        rules.length > 0
          ? `who may then agree for ${rules.map(({ name }) => `"${name}"`).join(' and ')}`
          : 'who cannot decide';
      return `escalates after ${minutes} minutes${never(minutes)} to ${STAGE_NAMES[stage]} (${people(rule)}), ${may}`;
    }),
  ];
}
