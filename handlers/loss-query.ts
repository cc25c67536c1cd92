import { asPlanned } from '../messages/form-file.ts';
import type { RestoreFormModel } from '../messages/form-model.ts';
import { restorePointOf } from '../src/restore/chosen-method.ts';
import { chosenByHand, chosenForUpload } from '../src/restore/exports/exported-file.ts';
import type { Instant } from '../src/restore/names.ts';
import type { RestorePoint } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { losesData } from '../src/restore/receipt/next-loss-look.ts';
import { type Snapshot, usability } from '../src/restore/snapshot.ts';
import type { LossQuery } from './desk.ts';
import { type MethodChoice, pointsOf } from './method-chosen.ts';

/** What stands in a form of what is put back. */
interface ChosenPoint {
  readonly snapshot: Snapshot | undefined;
  readonly files: Pick<RestoreFormModel, 'file' | 'exported' | 'savedAt'>;
  readonly now: Instant;
}

/** What to look for to say what a form's choice would lose; undefined when it loses nothing, or is not complete or not possible. */
export function lossQueryOf(
  policy: InstancePolicy | undefined,
  choice: MethodChoice,
  chosen: ChosenPoint,
): LossQuery | undefined {
  if (!policy || !losesData(choice)) return undefined;
  const point = pointIn(choice, chosen);
  const owner = choice.isLive ? choice.source : (pointsOf(policy, choice) ?? policy);
  return point && owner && { alias: policy.alias, auraId: policy.auraId, point, owner };
}

function pointIn(
  { method, isLive, source }: MethodChoice,
  { snapshot, files, now }: ChosenPoint,
): RestorePoint | undefined {
  if (method === 'backup-file' || method === 'upload') return filePointIn(files);
  if (isLive) return source && { isLive, takenAt: now };
  return snapshot && usability(snapshot).usable ? restorePointOf(snapshot) : undefined;
}

/** A file that is only described has a name when the form is sent, not before. */
function filePointIn({ file, exported, savedAt }: ChosenPoint['files']): RestorePoint | undefined {
  if (exported && exported !== 'described') {
    const { savedAt: takenAt, ...chosen } = file ? chosenForUpload(exported, asPlanned(file)) : chosenByHand(exported);
    return { file: chosen.file, takenAt, ...(chosen.exported ? { exported: chosen.exported } : {}) };
  }
  return file && savedAt ? { file: asPlanned(file), takenAt: savedAt } : undefined;
}
