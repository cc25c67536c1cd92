import type { Method } from '../plan.ts';

/** Aura loads a file, whoever hands it over, as `loading`: what it calls otherwise is another kind of restore. */
const OF_FILES: ReadonlySet<string> = new Set(['restoring', 'overwriting']);

/**
 * Statuses that nothing but another kind of restore shows, made by somebody else then. As far as Aura's documents tell, any
 * kind may show `loading`.
 */
const ANOTHERS: Readonly<Record<Method, ReadonlySet<string>>> = {
  'restore-snapshot': new Set(['overwriting']),
  overwrite: new Set(['restoring']),
  'backup-file': OF_FILES,
  upload: OF_FILES,
  'new-instance': new Set(),
};

/** True when an instance shows a restore that cannot be the one of a plan with this method. */
export function isAnothersRestore(method: Method, status: string): boolean {
  return ANOTHERS[method].has(status);
}

/** True for a method whose load somebody begins who may take hours, so that another restore may come in between. */
export function isBegunByOthers(method: Method): boolean {
  return method === 'backup-file' || method === 'upload';
}
