import { basename } from 'node:path';
import type { FileKind } from '../restore/plan.ts';

const STAMPED = /^(.+?)-\d{4}-\d{2}-\d{2}T/;

/**
 * How the tool finds the file in a folder of its own: a dump and a tar by the name of the database, which may be any; a
 * backup by the name that stands in it, which is also how its file name begins (`neo4j-2026-11-20T02-00-00.backup`).
 */
export function asTheToolFindsIt(file: { readonly name: string; readonly kind: FileKind }): {
  readonly database: string;
  readonly fileName: string;
} {
  if (file.kind === 'backup') {
    const name = basename(file.name);
    return { database: STAMPED.exec(name)?.[1] ?? 'neo4j', fileName: name };
  }
  return { database: 'neo4j', fileName: `neo4j.${file.kind}` };
}
