import { readFile, stat } from 'node:fs/promises';
import type { UploadAttempt } from './attempt.ts';
import { sha256OfFile } from './checksum.ts';
import { isMissing } from './progress.ts';
import { startTool } from './run-tool.ts';

/** Why a file may not be uploaded. */
export type FileProblem = 'file-gone' | 'file-changed' | ArchiveProblem;

/** Why an archive may not be uploaded: the tool cannot read it, or it holds only changes since another backup. */
export type ArchiveProblem = 'file-unreadable' | 'file-differential';

/** What tells a file that nobody wrote to or replaced since from one that somebody did. Rejects when it is gone. */
export async function stampOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs].join(' ');
}

/** Whether the file still is, byte by byte, the one that people agreed to. Undefined when it is. */
export async function fileProblem(file: UploadAttempt['file'], signal: AbortSignal): Promise<FileProblem | undefined> {
  try {
    const { size } = await stat(file.path);
    if (size !== file.sizeBytes) return 'file-changed';
    const stamp = await stampOf(file.path);
    const isSame = (await sha256OfFile(file.path, { signal })) === file.sha256 && (await stampOf(file.path)) === stamp;
    return isSame ? undefined : 'file-changed';
  } catch (error) {
    if (isMissing(error)) return 'file-gone';
    throw error;
  }
}

/** What `neo4j-admin database load --info` says of an archive. */
export interface ArchiveInfo {
  /** The database that it holds: for a dump the name of the file, for a backup the name that stands in it. */
  readonly database?: string;
  readonly format?: string;
  readonly files?: number;
  readonly bytes?: number;
}

/** What Neo4j takes for one; it goes on a command line, and whoever wrote the file chose it. */
const DATABASE_NAME = /^[A-Za-z][A-Za-z0-9.-]{2,62}$/;

/** Reads its output: `Database:`, `Format:`, `Files:` and `Bytes:`, each on a line. Undefined when nothing of it is there. */
export function archiveInfoFrom(output: string): ArchiveInfo | undefined {
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(.+?)\\s*$`, 'm').exec(output)?.[1];
  const number = (name: string) => {
    const digits = field(name)?.replaceAll(/[^\d]/g, '');
    return digits ? { [name.toLowerCase()]: Number(digits) } : {};
  };
  const database = DATABASE_NAME.exec(field('Database') ?? '')?.[0];
  const format = field('Format');
  const info: ArchiveInfo = {
    ...(database ? { database } : {}),
    ...(format ? { format } : {}),
    ...number('Files'),
    ...number('Bytes'),
  };
  return Object.keys(info).length > 0 ? info : undefined;
}

const ANY_DATABASE = '*';

/**
 * Has the tool read the head of the only archive in `directory`, a dump or a backup, which changes nothing: whether it is one that
 * can be uploaded. It says nothing of the graph inside. A tar the tool only reads when it uploads it.
 */
export async function lookAtArchive(
  tool: readonly string[],
  directory: string,
  options: { readonly env: Record<string, string>; readonly outputFile: string; readonly limitMs: number },
): Promise<ArchiveInfo | ArchiveProblem> {
  const args = ['database', 'load', '--info', `--from-path=${directory}`, ANY_DATABASE];
  const { env, outputFile, limitMs } = options;
  const exitCode = await startTool([...tool, ...args], { env, outputFile, endBefore: Date.now() + limitMs }).ended;
  if (exitCode !== 0) return 'file-unreadable';
  const info = archiveInfoFrom(await readFile(options.outputFile, 'utf8'));
  if (!info) return 'file-unreadable';
  return info.format?.includes('Differential') ? 'file-differential' : info;
}
