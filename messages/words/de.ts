import { advice } from './de/advice.ts';
import { agreement } from './de/agreement.ts';
import { approvable } from './de/approvable.ts';
import { approval } from './de/approval.ts';
import { asking } from './de/asking.ts';
import { basics } from './de/basics.ts';
import { calendar } from './de/calendar.ts';
import { card } from './de/card.ts';
import { change } from './de/change.ts';
import { delegation } from './de/delegation.ts';
import { denial } from './de/denial.ts';
import { direct } from './de/direct.ts';
import { drift } from './de/drift.ts';
import { dryRun } from './de/dry-run.ts';
import { edit } from './de/edit.ts';
import { end } from './de/end.ts';
import { exports } from './de/exports.ts';
import { files } from './de/files.ts';
import { forbidden } from './de/forbidden.ts';
import { form } from './de/form.ts';
import { goals } from './de/goals.ts';
import { history } from './de/history.ts';
import { home } from './de/home.ts';
import { looserRule } from './de/looser-rule.ts';
import { loss } from './de/loss.ts';
import { methods } from './de/methods.ts';
import { monitoring } from './de/monitoring.ts';
import { newInstance } from './de/new-instance.ts';
import { notices } from './de/notices.ts';
import { onCall } from './de/on-call.ts';
import { policy } from './de/policy.ts';
import { policyChange } from './de/policy-change.ts';
import { preview } from './de/preview.ts';
import { progress } from './de/progress.ts';
import { proviso } from './de/proviso.ts';
import { reasons } from './de/reasons.ts';
import { receipt } from './de/receipt.ts';
import { refusal } from './de/refusal.ts';
import { replies } from './de/replies.ts';
import { request } from './de/request.ts';
import { rulesChanged } from './de/rules-changed.ts';
import { shadow } from './de/shadow.ts';
import { stakeholders } from './de/stakeholders.ts';
import { status } from './de/status.ts';
import { trouble } from './de/trouble.ts';
import { undo } from './de/undo.ts';
import { unreached } from './de/unreached.ts';
import type { en } from './en.ts';

/** All that the bot says in German. A key that is missing or unknown does not compile. */
export const de: typeof en = {
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
