export type InstanceStatusClass = 'ready' | 'parked' | 'in-flight' | 'failed' | 'gone' | 'unknown';

/** Every status Aura's specification names, and those of its newer version that may leak into v1. */
const CLASSES: Readonly<Record<string, InstanceStatusClass>> = {
  running: 'ready',
  paused: 'parked',
  suspended: 'parked',
  creating: 'in-flight',
  pausing: 'in-flight',
  resuming: 'in-flight',
  suspending: 'in-flight',
  updating: 'in-flight',
  restoring: 'in-flight',
  overwriting: 'in-flight',
  loading: 'in-flight',
  resizing: 'in-flight',
  upgrading: 'in-flight',
  'loading failed': 'failed',
  'encryption key deleted': 'failed',
  'encryption key error': 'failed',
  'encryption key not found': 'failed',
  destroying: 'gone',
  deleting: 'gone',
};

/** What a status means; a word nobody knows is `unknown`: neither an end nor a failure. */
export function instanceStatusClass(status: string): InstanceStatusClass {
  return Object.hasOwn(CLASSES, status) ? (CLASSES[status] ?? 'unknown') : 'unknown';
}

/** Statuses that only a restore explains, in an instance that was `running` when the restore call went out. */
const RESTORING: ReadonlySet<string> = new Set(['restoring', 'loading', 'overwriting']);

/** True when the instance shows that a restore has begun; somebody pausing or resizing it shows nothing of the kind. */
export function showsRestore(status: string): boolean {
  return RESTORING.has(status);
}
