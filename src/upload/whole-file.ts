import { rename, writeFile } from 'node:fs/promises';

/**
 * Writes a file that only the bot's own user may read, whole or not at all: a reader never sees half of it, also when this process is
 * killed meanwhile. What was there is replaced.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, path);
}
