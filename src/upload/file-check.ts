import { readFile, stat } from 'node:fs/promises';
import type { UploadAttempt } from './attempt.ts';
import { sha256OfFile } from './checksum.ts';
import { isMissing } from './progress.ts';
import { startTool } from './run-tool.ts';

/** Why a file may not be uploaded. */
export type FileProblem = 'file-gone' | 'file-changed' | 'file-unreadable';

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
  readonly format?: string;
  readonly files?: number;
  readonly bytes?: number;
}

/** Reads its output: `Database:`, `Format:`, `Files:` and `Bytes:`, each on a line. Undefined when nothing of it is there. */
export function archiveInfoFrom(output: string): ArchiveInfo | undefined {
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(.+?)\\s*$`, 'm').exec(output)?.[1];
  const number = (name: string) => {
    const digits = field(name)?.replaceAll(/[^\d]/g, '');
    return digits ? { [name.toLowerCase()]: Number(digits) } : {};
  };
  const format = field('Format');
  const info: ArchiveInfo = { ...(format ? { format } : {}), ...number('Files'), ...number('Bytes') };
  return Object.keys(info).length > 0 ? info : undefined;
}

/**
 * Has the tool read the head of the archive, which changes nothing: whether it is one at all. It says nothing of the
 * graph inside. `unreadable` when the tool refuses the file.
 */
export async function lookAtArchive(
  tool: readonly string[],
  source: { readonly directory: string; readonly database: string },
  options: { readonly env: Record<string, string>; readonly outputFile: string; readonly limitMs: number },
): Promise<ArchiveInfo | 'unreadable'> {
  const args = ['database', 'load', '--info', `--from-path=${source.directory}`, source.database];
  const run = startTool([...tool, ...args], options);
  const limit = setTimeout(() => run.stop(), options.limitMs);
  const exitCode = await run.ended;
  clearTimeout(limit);
  if (exitCode !== 0) return 'unreadable';
  return archiveInfoFrom(await readFile(options.outputFile, 'utf8')) ?? 'unreadable';
}
