import type { ExportPlan, ExportSchedule } from '../restore/exports/export-plan.ts';
import type { InstancePolicy } from '../restore/policy.ts';
import type { PeopleRule } from '../restore/terms.ts';

/** Which restore points of an instance must leave Aura, in sentences whose subject is the instance. */
export function exportSentences(
  { exports = [] }: Pick<InstancePolicy, 'exports'>,
  people: (rule: PeopleRule) => string,
): readonly string[] {
  return exports.map(
    (plan) =>
      `must be exported as "${plan.name}" ${whenWords(plan)}, to ${plan.place}, kept ${plan.keepDays} days; ${people(plan.owners)} must see to it and record the file`,
  );
}

function whenWords({ schedule, beforeDeployments }: ExportPlan): string {
  const asked = beforeDeployments ? ['before deployments, when asked for with /restore export'] : [];
  return [...(schedule ? [scheduleWords(schedule)] : []), ...asked].join(' and ');
}

function scheduleWords(schedule: ExportSchedule): string {
  const days = schedule.days.map(String).join(', ');
  const when = schedule.every === 'week' ? `every week on ${days}` : `every month on day ${days}`;
  return `${when} at ${schedule.at} (${schedule.zone})`;
}
