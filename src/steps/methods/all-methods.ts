import type { AuraClient } from '../../aura/client.ts';
import type { Timing } from '../step.ts';
import type { Methods } from './method.ts';
import { createOverwrite } from './overwrite.ts';
import { createRestoreSnapshot } from './restore-snapshot.ts';

/** Every method that this release carries out. */
export function createMethods(parts: {
  readonly aura: Pick<AuraClient, 'getInstance' | 'getSnapshot' | 'restoreSnapshot' | 'overwriteInstance'>;
  readonly timing: Pick<Timing, 'pollMs'>;
}): Methods {
  return {
    'restore-snapshot': createRestoreSnapshot(parts),
    overwrite: createOverwrite(parts),
  };
}
