import { FIELD, OFFERED_START, OVERRIDE, URGENT } from '../messages/action-ids.ts';
import type { RestoreFormModel } from '../messages/form-model.ts';
import { type FormPurpose, purposeIn } from '../messages/form-purpose.ts';
import { isUrgentByDefault, urgencyField } from '../messages/form-urgency.ts';
import { instantOf } from '../src/restore/instant.ts';
import type { Instant } from '../src/restore/names.ts';
import { type InstancePolicy, instanceByName } from '../src/restore/policy.ts';
import { REASON_KINDS, type ReasonKind } from '../src/restore/request.ts';
import type { Desk } from './desk.ts';
import { exportedField, savedAtIn } from './file-chosen.ts';
import { asPreview, type MethodChoice, methodIn, pointsOf } from './method-chosen.ts';
import { type FormValues, formValues } from './slack-input.ts';

/** What a person has chosen in the form so far. */
export interface Choices extends FormPurpose {
  readonly policy?: InstancePolicy | undefined;
  readonly choice: MethodChoice;
  readonly snapshotId?: string | undefined;
  /** The id of a file that a worker offers. */
  readonly fileId?: string | undefined;
  /** The id of a recorded export, or that it is another file. */
  readonly exportId?: string | undefined;
  readonly savedAt?: Instant | undefined;
  readonly reasonKind?: ReasonKind | undefined;
  readonly start: RestoreFormModel['start'];
  readonly isUrgent?: boolean;
  readonly wantsOverride?: boolean;
}

/** Slack keeps a menu's choice by its block, so each instance has a block of its own. */
export function snapshotField(alias: string | undefined): string {
  return `${FIELD.snapshot}:${alias ?? ''}`;
}

/** The start that was chosen in a form, with everything else that stands in it. */
export function choicesOfBlocks(state: unknown): { readonly values: FormValues; readonly start: Choices['start'] } {
  const values = formValues(state);
  return { values, start: startIn(values) };
}

/** What Slack sends of the form. */
interface SentForm {
  readonly state: unknown;
  readonly private_metadata?: string;
}

/** What stands in the form that was sent, or that a choice was made in. */
export function choicesIn(
  desk: Desk,
  { state, private_metadata }: SentForm,
): Choices & { readonly values: FormValues } {
  const { values, start } = choicesOfBlocks(state);
  const policy = instanceByName(desk.policy, values.choice(FIELD.instance) ?? '');
  const purpose = purposeIn(private_metadata);
  const method = methodIn(desk.policy, policy, { values, undoes: purpose.undoes });
  const snapshotId = values.choice(snapshotField(pointsOf(policy, method)?.alias));
  const choice = asPreview(method, purpose.preview, snapshotId);
  const reasonKind = REASON_KINDS.find((known) => known === values.choice(FIELD.reasonKind));
  return {
    values,
    start,
    policy,
    choice,
    ...purpose,
    snapshotId,
    fileId: values.choice(`${FIELD.file}:${policy?.alias ?? ''}`),
    exportId: values.choice(exportedField(policy?.alias ?? '')),
    savedAt: savedAtIn(values),
    reasonKind,
    isUrgent: urgentIn(values, reasonKind),
    wantsOverride: values.choice(FIELD.override) === OVERRIDE.yes,
  };
}

function urgentIn(values: FormValues, kind: ReasonKind | undefined): boolean {
  const field = urgencyField(kind);
  return values.has(field) ? values.boxes(field).includes(URGENT) : isUrgentByDefault(kind);
}

function startIn(values: FormValues): RestoreFormModel['start'] {
  const chosen = values.choice(FIELD.start);
  if (chosen?.startsWith(OFFERED_START)) {
    const ms = Date.parse(chosen.slice(OFFERED_START.length));
    return { kind: 'at', at: Number.isNaN(ms) ? undefined : instantOf(ms), isOffered: true };
  }
  const seconds = values.time(FIELD.startTime);
  if (chosen !== 'at') return { kind: 'when-confirmed' };
  return { kind: 'at', at: seconds === undefined ? undefined : instantOf(seconds * 1000) };
}
