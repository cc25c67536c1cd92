import { methodsOf } from '../restore/chosen-method.ts';
import { moneyWords } from '../restore/new-instance/price.ts';
import { type NewInstanceRules, rulesOfPreview } from '../restore/new-instance/rules.ts';
import type { InstancePolicy } from '../restore/policy.ts';
import type { ApprovalTerms } from '../restore/terms.ts';

/** What may be made from an instance's snapshots, and who must agree, in sentences whose subject is the instance. */
export function newInstanceSentences(
  policy: Pick<InstancePolicy, 'newInstance' | 'methods'>,
  agree: (approval: ApprovalTerms) => string,
): readonly string[] {
  const { newInstance: rules } = policy;
  if (!rules || !methodsOf(policy).includes('new-instance')) return [];
  const { preview, monthlyCap, prices } = rules;
  const cap = `all that the bot makes cost at most ${moneyWords(monthlyCap, prices.currency)} in a month`;
  return [
    `may have new instances made from its snapshots: ${rules.approval ? agree(rules.approval) : 'whoever must confirm any restore of it must agree'}; ${shapeWords(rules)}; ${cap}`,
    preview
      ? `may have the restore point of an open request previewed: ${previewAgree(rules, agree)}; ${shapeWords(rulesOfPreview(rules))}; it counts towards the same month`
      : 'may have the restore point of an open request previewed by the rules of any new instance: no preview is configured',
  ];
}

/** The approvals beside that of any restore, with what they are for. */
export function otherApprovals({
  newInstance,
}: Pick<InstancePolicy, 'newInstance'>): readonly { readonly what: string; readonly approval: ApprovalTerms }[] {
  const { approval, preview } = newInstance ?? {};
  return [
    ...(approval ? [{ what: 'a new instance', approval }] : []),
    ...(preview?.approval ? [{ what: 'a preview', approval: preview.approval }] : []),
  ];
}

function previewAgree({ preview, approval }: NewInstanceRules, agree: (approval: ApprovalTerms) => string): string {
  if (preview?.approval) return agree(preview.approval);
  return approval
    ? 'whoever must agree to any new instance must agree'
    : 'whoever must confirm any restore of it must agree';
}

function shapeWords({ sizes, usualMinutes, longestMinutes }: NewInstanceRules): string {
  const size = sizes ? `of ${sizes.join(', ')}` : 'of every size with a price';
  return `${size}, for ${hours(usualMinutes)} when nobody chooses otherwise and ${hours(longestMinutes)} at most`;
}

function hours(minutes: number): string {
  return `${Number((minutes / 60).toFixed(2))}h`;
}
