import type { AuraClient } from '../../aura/client.ts';
import type { AuraInstances } from '../../aura/made-instances.ts';
import type { Timing } from '../step.ts';
import { createBackupFile } from './backup-file.ts';
import type { Methods } from './method.ts';
import { createNewInstance, type MakeInstances } from './new-instance.ts';
import { createOverwrite } from './overwrite.ts';
import { createRestoreSnapshot } from './restore-snapshot.ts';
import { createUpload } from './upload.ts';
import type { UploadHost } from './upload-host.ts';

/** What making instances needs. */
export interface NewInstances {
  readonly instances: Pick<AuraInstances, 'configurationsOf'>;
  readonly maker: MakeInstances;
}

/** Every method that this release carries out. */
export function createMethods(parts: {
  readonly aura: Pick<AuraClient, 'getInstance' | 'getSnapshot' | 'restoreSnapshot' | 'overwriteInstance'>;
  readonly timing: Pick<Timing, 'pollMs' | 'startWatchMs'>;
  /** Absent: this process uploads nothing. */
  readonly host?: UploadHost | undefined;
  /** Absent: no instances are made. */
  readonly newInstances?: NewInstances;
}): Methods {
  return {
    'restore-snapshot': createRestoreSnapshot(parts),
    overwrite: createOverwrite(parts),
    'backup-file': createBackupFile(parts),
    upload: createUpload(parts),
    ...(parts.newInstances ? { 'new-instance': createNewInstance({ aura: parts.aura, ...parts.newInstances }) } : {}),
  };
}
