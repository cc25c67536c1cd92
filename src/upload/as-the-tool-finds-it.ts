import { basename } from 'node:path';
import type { FileKind } from '../restore/plan.ts';

/** A dump and a tar are found by the name of the database, which may be any. */
export const ANY_NAME = 'neo4j';

/** Under which name the tool finds the file in a folder of its own: a backup by its ending, whatever its name. */
export function asTheToolFindsIt(file: { readonly name: string; readonly kind: FileKind }): string {
  return file.kind === 'backup' ? basename(file.name) : `${ANY_NAME}.${file.kind}`;
}
