import { advice } from './en/advice.ts';
import { agreement } from './en/agreement.ts';
import { approvable } from './en/approvable.ts';
import { approval } from './en/approval.ts';
import { asking } from './en/asking.ts';
import { basics } from './en/basics.ts';
import { calendar } from './en/calendar.ts';
import { card } from './en/card.ts';
import { change } from './en/change.ts';
import { delegation } from './en/delegation.ts';
import { denial } from './en/denial.ts';
import { direct } from './en/direct.ts';
import { drift } from './en/drift.ts';
import { dryRun } from './en/dry-run.ts';
import { edit } from './en/edit.ts';
import { end } from './en/end.ts';
import { exports } from './en/exports.ts';
import { files } from './en/files.ts';
import { forbidden } from './en/forbidden.ts';
import { form } from './en/form.ts';
import { goals } from './en/goals.ts';
import { history } from './en/history.ts';
import { home } from './en/home.ts';
import { looserRule } from './en/looser-rule.ts';
import { loss } from './en/loss.ts';
import { methods } from './en/methods.ts';
import { monitoring } from './en/monitoring.ts';
import { newInstance } from './en/new-instance.ts';
import { notices } from './en/notices.ts';
import { onCall } from './en/on-call.ts';
import { policy } from './en/policy.ts';
import { policyChange } from './en/policy-change.ts';
import { preview } from './en/preview.ts';
import { progress } from './en/progress.ts';
import { proviso } from './en/proviso.ts';
import { reasons } from './en/reasons.ts';
import { receipt } from './en/receipt.ts';
import { refusal } from './en/refusal.ts';
import { replies } from './en/replies.ts';
import { request } from './en/request.ts';
import { rulesChanged } from './en/rules-changed.ts';
import { shadow } from './en/shadow.ts';
import { stakeholders } from './en/stakeholders.ts';
import { status } from './en/status.ts';
import { trouble } from './en/trouble.ts';
import { undo } from './en/undo.ts';
import { unreached } from './en/unreached.ts';

/** All that the bot says in English. */
export const en = {
  advice,
  agreement,
  approvable,
  approval,
  asking,
  basics,
  calendar,
  card,
  change,
  delegation,
  denial,
  direct,
  drift,
  dryRun,
  edit,
  end,
  exports,
  files,
  forbidden,
  form,
  goals,
  history,
  home,
  loss,
  looserRule,
  methods,
  newInstance,
  preview,
  notices,
  onCall,
  policy,
  policyChange,
  monitoring,
  progress,
  proviso,
  reasons,
  receipt,
  refusal,
  replies,
  request,
  rulesChanged,
  shadow,
  stakeholders,
  status,
  trouble,
  undo,
  unreached,
};
