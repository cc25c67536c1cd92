import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const LINE_BREAK = 0x0a;
/** Far longer than any entry; a file without line breaks is no export and must not fill the memory. */
const LONGEST_LINE_BYTES = 1_000_000;

/** The lines of a file, read piece by piece. Bytes that are not UTF-8 come out as a line that cannot be read. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (bytes: Uint8Array) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return '';
    }
  };
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(file)) {
    rest = Buffer.concat([rest, piece]);
    for (let end = rest.indexOf(LINE_BREAK); end >= 0; end = rest.indexOf(LINE_BREAK)) {
      yield decode(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LONGEST_LINE_BYTES) break;
  }
  if (rest.length > 0) yield decode(rest.subarray(0, LONGEST_LINE_BYTES));
}

/**
 * Writes a file whole or not at all: beside its place first, flushed to the disk, then given its name. Rejects when the
 * name is taken. Resolves with the SHA-256 of what was written.
 */
export async function writeWhole(file: string, lines: AsyncIterable<string>): Promise<string> {
  const beside = `${file}.${process.pid}.${Date.now()}.tmp`;
  const digest = createHash('sha256');
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      for await (const line of lines) {
        digest.update(`${line}\n`);
        await handle.write(`${line}\n`);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
  await syncFolder(dirname(file));
  return digest.digest('hex');
}

/** A new name in a folder is only on the disk once the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
