import type { RestoreId } from '../src/restore/names.ts';

/** The open request whose restore point a new instance is asked for to look at. */
export interface PreviewAsked {
  readonly of: RestoreId;
  readonly snapshotId: string;
}

/** What a request form was opened for, beside asking for any restore. */
export interface FormPurpose {
  /** The restore whose safety snapshot was offered first. */
  readonly undoes?: RestoreId | undefined;
  readonly preview?: PreviewAsked | undefined;
}

const PREVIEW = 'preview';

/** The purpose as a form keeps it: `R-17`, or `preview R-17 <snapshot id>`. */
export function purposeText({ undoes, preview }: FormPurpose): string {
  return preview ? `${PREVIEW} ${preview.of} ${preview.snapshotId}` : (undoes ?? '');
}

/** Reads what `purposeText` wrote. */
export function purposeIn(text = ''): FormPurpose {
  const [first, of, snapshotId] = text.split(' ');
  if (first === PREVIEW && of && snapshotId) return { preview: { of, snapshotId } };
  return text ? { undoes: text } : {};
}
