import { ADVICE_REASONS, type AdviceReason } from '../src/restore/advice.ts';
import type { RestoreId } from '../src/restore/names.ts';
import { METHODS, type Method } from '../src/restore/plan.ts';

/** The open request whose restore point a new instance is asked for to look at. */
export interface PreviewAsked {
  readonly of: RestoreId;
  readonly snapshotId: string;
}

/** What somebody was advised who told what must hold. */
export interface AdviceGiven {
  /** For this instance, by its alias. */
  readonly alias: string;
  readonly method: Method;
  readonly reasons: readonly AdviceReason[];
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
