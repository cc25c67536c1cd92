import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** The bot as it is deployed, and the agent that is loaded into it. */
export interface BuiltBot {
  readonly program: string;
  readonly agent: string;
  /** Where the compiled sources are: the places that the agent reports are lines of them. */
  readonly compiled: string;
}

/** Compiles the bot of a project folder as `npm run build` does. */
export function buildBot(project: string): BuiltBot {
  const root = resolve(project);
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  // Below the project, so that it finds the same packages as the bot.
  const folder = join(root, '.tmp');
  mkdirSync(folder, { recursive: true });
  const agent = join(folder, 'chaos-agent.mjs');
  buildSync({
    entryPoints: [join(root, 'chaos/agent.ts')],
    outfile: agent,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return { program: join(root, 'dist/src/main.js'), agent, compiled: join(root, 'dist') };
}
