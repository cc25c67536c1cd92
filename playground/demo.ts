import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureRedisServer } from '../scripts/ensure-redis.ts';
import { type ProductionData, playStory } from './auto.ts';
import { startBotProcess } from './bot-process.ts';
import { prepareNeo4j } from './neo4j/find-neo4j.ts';
import { startLocalNeo4j } from './neo4j/local-neo4j.ts';
import { fillProduction, realData } from './neo4j/production.ts';
import { simulatedData } from './simulated-data.ts';
import { startWorld } from './world.ts';

const say = (line: string) => console.log(line);

/** `npm run demo`: everything on loopback with no account. With `--auto` the story plays by itself and decides the exit code. */
async function main(): Promise<void> {
  const isAuto = process.argv.includes('--auto');
  await ensureRedisServer(say);
  const neo4j = await productionServer();
  const filled = neo4j && fillProduction(neo4j.server, new Date());
  const world = await startWorld({ transport: 'socket', production: filled?.database });
  const bot = await startBotProcess(world);
  const data = filled ? realData(filled.graph) : simulatedData(world);
  const stop = async () => {
    await bot.stop();
    await world.close();
    await neo4j?.stop();
  };
  if (isAuto) {
    if (filled) {
      say('Starting a real Neo4j as the production database and filling it…');
      await filled.database.ready;
    }
    await auto(world, data, stop);
  }
}

async function auto(
  world: Awaited<ReturnType<typeof startWorld>>,
  data: ProductionData,
  stop: () => Promise<void>,
): Promise<never> {
  const outcome = await playStory(world, data, (speaker, words) => say(`${speaker.padEnd(24)} ${words}`)).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await stop();
  say(outcome ? `FAILED: ${outcome}` : 'The story went as it should.');
  process.exit(outcome ? 1 : 0);
}

/** A real Neo4j where Java and Maven are; else one line about what is left out. */
async function productionServer() {
  const program = await prepareNeo4j(say);
  if (program.kind === 'missing') {
    say(`${program.why}: production has simulated data, and the data checks will be reported as not run.`);
    return undefined;
  }
  const home = mkdtempSync(join(tmpdir(), 'restore-bot-neo4j-'));
  const server = await startLocalNeo4j(program, home);
  return {
    server,
    async stop() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
