import type { Method } from '../plan.ts';

/** Aura loads a file, whoever hands it over, as `loading`; only another kind of restore shows so. */
const NEVER_OF_FILES: ReadonlySet<string> = new Set(['restoring', 'overwriting']);

/**
 * True when an instance shows a restore that cannot be the one of a plan with this method. What Aura calls its own calls while it
 * carries them out is not documented well enough to tell those apart.
 */
export function isAnothersRestore(method: Method, status: string): boolean {
  return awaitsFile(method) && NEVER_OF_FILES.has(status);
}

/** True for a method whose load begins when a file has been handed over, before which another restore may come. */
export function awaitsFile(method: Method): boolean {
  return method === 'backup-file' || method === 'upload';
}
