import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The stand-in for `neo4j-admin` as a program that starts quickly; built into `directory` the first time. */
export function standInTool(directory: string): string {
  const outfile = join(directory, 'neo4j-admin');
  if (existsSync(outfile)) return outfile;
  buildSync({
    entryPoints: ['playground/upload-tool.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  chmodSync(outfile, 0o755);
  return outfile;
}
