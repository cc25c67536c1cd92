import type { Advice } from '../src/restore/advice.ts';
import type { AskedPeople } from '../src/restore/asked-people.ts';
import type { OfferedFile } from '../src/restore/backup-file.ts';
import type { EarlierRestores } from '../src/restore/estimate.ts';
import type { ExportedFile } from '../src/restore/exports/exported-file.ts';
import type { Instant, RestoreId } from '../src/restore/names.ts';
import type { Method } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { LossReceipt } from '../src/restore/receipt/receipt.ts';
import type { OnCallThen, ReasonKind } from '../src/restore/request.ts';
import type { Snapshot } from '../src/restore/snapshot.ts';
import type { ApprovalRule } from '../src/restore/terms.ts';
import type { FormPurpose } from './form-purpose.ts';

/** What is known of the chosen instance while the form is open. */
export type InstanceLook =
  | { readonly kind: 'looking' }
  | {
      readonly kind: 'seen';
      readonly status: string;
      readonly memory?: string | undefined;
      readonly type?: string | undefined;
      readonly snapshotCount: number;
      readonly daysRead: number;
      readonly daysKept: number;
    }
  | { readonly kind: 'trouble'; readonly words: string };

/** Whom a request would ask at this moment. */
export interface AskedNow {
  /** The rules that all must be filled, with that of a freeze override when one is asked for. */
  readonly rules: readonly ApprovalRule[];
  readonly onCall: readonly OnCallThen[];
  /** Absent when Slack does not say in time. */
  readonly people?: AskedPeople;
}

/** The method that fits, by what was seen of the instance. */
export interface AdviceShown {
  readonly method: Method;
  readonly reasons: Advice['reasons'];
  /** How long earlier restores by that method took; absent when nobody knows. */
  readonly earlier?: EarlierRestores;
}

export interface RestoreFormModel extends FormPurpose {
  readonly now: Instant;
  readonly instances: readonly InstancePolicy[];
  readonly chosen?: {
    readonly policy: InstancePolicy;
    readonly look: InstanceLook;
    /** How long earlier restores took; absent when nobody knows. */
    readonly earlier?: EarlierRestores;
    /** Absent: there is no choice, or nobody has looked yet. */
    readonly advice?: AdviceShown;
    /** What the chosen restore point would lose of the data, once that was looked at. */
    readonly receipt?: LossReceipt | 'looking';
    /** Whom the request would ask; absent while nobody has looked. */
    readonly asked?: AskedNow;
    /** When the first of those who are asked is at work, from now on; absent when nobody knows or it does not matter. */
    readonly firstAtWork?: Instant;
    /** An open restore that holds the instance, with the way to its card. */
    readonly claimedBy?: { readonly id: string; readonly link?: string | undefined };
  };
  /** Absent: the usual one. */
  readonly method?: Method;
  /** Where the data of an overwrite comes from. */
  readonly source?: InstancePolicy | undefined;
  /** The source is copied as it is when the call is sent. */
  readonly isLive?: boolean;
  /** What was chosen for a new instance, and what all of them cost in this month already. */
  readonly newInstance?: {
    /** Type and memory: `professional-db 4GB`. */
    readonly size?: string | undefined;
    readonly liveForMinutes?: number | undefined;
    readonly spent?: number | undefined;
  };
  /** The request whose restore point would be looked at in the new instance. */
  readonly previewOf?: RestoreId | undefined;
  readonly snapshot?: Snapshot | undefined;
  /** The files that workers could upload. */
  readonly offered?: readonly OfferedFile[];
  readonly file?: OfferedFile | undefined;
  /** The files of the instance that were recorded as exported. */
  readonly exports?: readonly ExportedFile[];
  /** The one that was chosen among them; `described`: a file that nobody recorded. */
  readonly exported?: ExportedFile | 'described' | undefined;
  /** When the data of the file was saved. */
  readonly savedAt?: Instant | undefined;
  readonly reasonKind?: ReasonKind | undefined;
  readonly start:
    | { readonly kind: 'when-confirmed' }
    | {
        readonly kind: 'at';
        readonly at?: Instant | undefined;
        /** One of the moments that the form offered, not one that was typed. */
        readonly isOffered?: boolean;
      };
  /** People may be asked outside their working hours. */
  readonly isUrgent?: boolean;
  /** The person asks for a start in the freeze. */
  readonly wantsOverride?: boolean;
}
