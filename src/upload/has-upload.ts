import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const LIMIT_MS = 60_000;

/**
 * Whether this `neo4j-admin` knows `database upload`: not each one does. Asks for its help, which changes nothing. One that does
 * not know the command answers with another help and calls it a success, so the answer must name the upload's own option.
 */
export async function hasUpload(tool: readonly string[], env: Readonly<Record<string, string>>): Promise<boolean> {
  const [program = '', ...args] = tool;
  try {
    const asked = [...args, 'database', 'upload', '--help'];
    const { stdout } = await promisify(execFile)(program, asked, { env: { ...env }, timeout: LIMIT_MS });
    return stdout.includes('--to-uri');
  } catch {
    return false;
  }
}
