import type { Instant } from '../../restore/names.ts';
import type { PlannedFile, PlannedInstance } from '../../restore/plan.ts';

/** What this host knows of an upload that was begun. */
export type UploadSeen =
  /** Nothing: another host may have begun it. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'beginning' }
  /** It was claimed here and will never begin. */
  | { readonly kind: 'never-began' }
  | {
      readonly kind: 'under-way';
      readonly phase: 'checking' | 'authenticating' | 'uploading' | 'importing' | 'done' | 'failed';
      readonly percent?: number;
    }
  /** Its supervisor is gone without a word of the end. */
  | { readonly kind: 'abandoned'; readonly mayHaveBegun: boolean }
  | {
      readonly kind: 'ended';
      readonly at: Instant;
      readonly cause: string;
      /** What the tool said of it. */
      readonly said?: string;
      /** Whether the instance certainly is as it was, may have been overwritten, or was loaded. */
      readonly effect: 'none' | 'possible' | 'loaded';
    };

/** A host with `neo4j-admin` and files to restore from. */
export interface UploadHost {
  /** Whether the file of a plan lies here: with the size it was agreed to with, with another one, or not at all. */
  find(file: PlannedFile): Promise<'there' | 'changed' | 'not-here'>;
  /**
   * Notes that an attempt is about to be begun here, and until when it can be (epoch ms), so that `look` knows one that never
   * was. Rejects with `NotBegunError` when the disk refuses.
   */
  announce(attempt: { readonly id: string; readonly notAfterMs: number }): Promise<void>;
  /**
   * Starts the upload beside the bot, once for an attempt. Rejects when it was certainly not begun; the message says why.
   * Nothing begins after `notAfterMs`, and Aura is told to load nothing after `sentBeforeMs` (both epoch).
   */
  begin(
    attempt: { readonly id: string; readonly notAfterMs: number; readonly sentBeforeMs: number },
    what: { readonly instance: PlannedInstance; readonly file: PlannedFile },
  ): Promise<void>;
  /** Looks only. */
  look(attemptId: string): Promise<UploadSeen>;
}
