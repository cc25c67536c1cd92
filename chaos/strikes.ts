/** A place where a process is to die, just before its effect or just after it. */
export interface Arm {
  readonly point: string;
  readonly when: 'before' | 'after';
}

/** What an agent reports: a point that was reached for the first time about these ids, or its own death there. */
export type Strike = {
  readonly at: number;
  readonly pid: number;
  readonly point: string;
  /** The restores and instances it was about. */
  readonly subjects: readonly string[];
} & ({ readonly kind: 'reached' } | { readonly kind: 'killed'; readonly when: Arm['when'] });
