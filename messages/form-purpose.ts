import { ADVICE_REASONS } from '../src/restore/advice.ts';
import type { AdviceGiven } from '../src/restore/advice-for-request.ts';
import type { RestoreId } from '../src/restore/names.ts';
import { METHODS } from '../src/restore/plan.ts';

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
  readonly advised?: AdviceGiven | undefined;
}

const PREVIEW = 'preview';
const ADVISED = 'advised';

/** The purpose as a form keeps it: `R-17`, `preview R-17 <snapshot id>`, or `advised <alias> <method> <reason> …`. */
export function purposeText({ undoes, preview, advised }: FormPurpose): string {
  if (advised) return [ADVISED, advised.alias, advised.method, ...advised.reasons].join(' ');
  return preview ? `${PREVIEW} ${preview.of} ${preview.snapshotId}` : (undoes ?? '');
}

/** Reads what `purposeText` wrote. */
export function purposeIn(text = ''): FormPurpose {
  const [first, of, second, ...others] = text.split(' ');
  if (first === PREVIEW && of && second) return { preview: { of, snapshotId: second } };
  if (first === ADVISED) {
    const method = METHODS.find((known) => known === second);
    const reasons = ADVICE_REASONS.filter((known) => others.includes(known));
    return of && method ? { advised: { alias: of, method, reasons } } : {};
  }
  return text ? { undoes: text } : {};
}
