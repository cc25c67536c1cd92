import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The stand-in for `neo4j-admin` as a command that starts quickly; built into `directory` the first time. */
export function standInTool(directory: string): readonly string[] {
  const outfile = join(directory, 'neo4j-admin.mjs');
  if (!existsSync(outfile)) {
    buildSync({
      entryPoints: ['playground/upload-tool.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  }
  return [process.execPath, outfile];
}
