import { FIELD } from '../messages/action-ids.ts';
import type { SnapshotList } from '../src/aura/snapshot-days.ts';
import { snapshotsSeen } from '../src/restore/advice.ts';
import { adviceForRequest, snapshotsRead } from '../src/restore/advice-for-request.ts';
import type { Chosen } from '../src/restore/chosen-method.ts';
import type { Draft } from '../src/restore/draft.ts';
import { METHODS, type Method } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { Choices } from './form-choices.ts';
import type { FormValues } from './slack-input.ts';

/** Where the form asks why it is another way than advised, when it does: by the method that it advised. */
export function advisedInForm(values: FormValues): { readonly field?: string; readonly method?: Method } {
  const start = `${FIELD.whyOther}:`;
  const method = METHODS.find((one) => one === values.suffixOf(start));
  return method ? { method, field: `${start}${method}` } : {};
}

/**
 * What the request is advised by what is seen as it is sent, and why it takes another way. Where Aura does not say in time, what
 * the form advised stands.
 */
export function advisedTo(
  { values, advised: given, reasonKind, undoes, choice: { previewOf } }: Choices & { readonly values: FormValues },
  policy: InstancePolicy,
  chosen: Chosen,
  { list, type }: { readonly list: SnapshotList | undefined; readonly type: string | undefined },
): Pick<Draft, 'advised' | 'whyOther'> {
  const { method } = chosen;
  const snapshots = list && snapshotsRead(list);
  const isSeen = snapshotsSeen(snapshots) !== 'unknown';
  const file = 'file' in chosen ? { fileBytes: chosen.file.sizeBytes, savedAt: chosen.savedAt } : {};
  const snapshot = 'snapshot' in chosen ? { snapshot: chosen.snapshot } : {};
  const about = { policy, method, type, snapshots, given, undoes, previewOf, reasonKind, ...snapshot, ...file };
  const { field, method: shown } = advisedInForm(values);
  const advised = isSeen || given ? adviceForRequest(about)?.method : shown;
  const whyOther = field && values.text(field);
  return { ...(advised ? { advised } : {}), ...(whyOther ? { whyOther } : {}) };
}
