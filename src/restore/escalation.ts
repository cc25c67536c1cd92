import type { Plan } from './plan.ts';
import type { Restore } from './restore.ts';
import { remindedNow } from './round.ts';
import { namedByAny, rulesNeeded } from './rules-needed.ts';
import type { ApprovalRule, EscalationStage, Stage, Terms } from './terms.ts';

/** What says who may agree at the moment. */
export type Escalating = Pick<Restore, 'plan' | 'terms' | 'askedAnew' | 'reminded'>;
type Asking = { readonly plan: Pick<Plan, 'freezeOverride'>; readonly terms: Pick<Terms, AskingTerms> };
type AskingTerms = 'approval' | 'overrideApprovers' | 'reminders';

/** The stages that were told in this round. */
export function stagesTold(restore: Pick<Restore, 'terms' | 'askedAnew' | 'reminded'>): readonly EscalationStage[] {
  const kinds = remindedNow(restore)?.sent.map(({ kind }) => kind) ?? [];
  return stagesOf(restore).filter(({ stage }) => kinds.includes(stage));
}

/**
 * The rules a plan needs, each open to the people of the stages it escalates to once these were told. Nothing else of a
 * rule changes: it needs as many different people as before, and never the requester.
 */
export function rulesOpen(restore: Escalating): readonly ApprovalRule[] {
  const told = stagesTold(restore);
  return rulesNeeded(restore).map((rule) => widened(rule, told));
}

/** The rules whose place the people of a stage may take. */
export function rulesFor(stage: Stage, restore: Asking): readonly ApprovalRule[] {
  return rulesNeeded(restore).filter(({ escalatesTo = [] }) => escalatesTo.includes(stage));
}

function stagesOf({ terms }: { readonly terms: Pick<Terms, 'reminders'> }): readonly EscalationStage[] {
  return terms.reminders?.escalation ?? [];
}

function widened(rule: ApprovalRule, told: readonly EscalationStage[]): ApprovalRule {
  const joining = told.filter(({ stage }) => rule.escalatesTo?.includes(stage));
  return { ...rule, ...namedByAny([rule, ...joining]) };
}
