import type { PersonId } from '../restore/names.ts';
import type { NewInstanceRules, PreviewRules } from '../restore/new-instance/rules.ts';
import type { Method } from '../restore/plan.ts';
import type { ApprovalTerms } from '../restore/terms.ts';
import { approvalFor } from './approval-from-file.ts';
import type { ConfigFile } from './file-schema.ts';
import type { Problem } from './problem.ts';

/** What may be made from an instance's snapshots; undefined when nothing may. What does not fit together is added to `problems`. */
export function newInstanceFrom(
  settings: {
    readonly new_instance?: ConfigFile['defaults']['new_instance'];
    readonly methods?: readonly Method[];
  },
  prices: ConfigFile['prices'],
  around: { readonly where: string; readonly samePeople: readonly (readonly PersonId[])[] },
  problems: Problem[],
): NewInstanceRules | undefined {
  const { where, samePeople } = around;
  const rules = settings.new_instance;
  if (!rules) {
    if (settings.methods?.includes('new-instance')) {
      problems.push({ where: `${where}.new_instance`, what: 'is missing, although methods names new-instance' });
    }
    return undefined;
  }
  if (!prices) {
    problems.push({ where: 'prices', what: 'is missing: nobody may make an instance without seeing what it costs' });
    return undefined;
  }
  const approvalOf = (level: Level, place: string) =>
    level.approvers || level.approvals ? approvalFor([level], place, samePeople, problems) : undefined;
  const approval = approvalOf(rules, `${where}.new_instance`);
  const ofPreview = rules.preview && approvalOf(rules.preview, `${where}.new_instance.preview`);
  return {
    ...(approval ? { approval } : {}),
    prices: { asOf: prices.as_of, currency: prices.currency, perHour: prices.per_hour },
    monthlyCap: rules.monthly_cap,
    usualMinutes: rules.time_to_live,
    longestMinutes: rules.longest,
    ...(rules.sizes ? { sizes: rules.sizes } : {}),
    ...(rules.preview ? { preview: previewFrom(rules.preview, rules, ofPreview) } : {}),
  };
}

type InFile = NonNullable<ConfigFile['defaults']['new_instance']>;
type Level = Pick<InFile, 'approvers' | 'approvals'>;

function previewFrom(
  preview: NonNullable<InFile['preview']>,
  any: InFile,
  approval: ApprovalTerms | undefined,
): PreviewRules {
  const longestMinutes = preview.longest ?? any.longest;
  return {
    ...(approval ? { approval } : {}),
    longestMinutes,
    usualMinutes: preview.time_to_live ?? Math.min(any.time_to_live, longestMinutes),
    ...(preview.sizes ? { sizes: preview.sizes } : {}),
  };
}
