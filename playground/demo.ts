import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureRedisServer } from '../scripts/ensure-redis.ts';
import { type ProductionData, playStory } from './auto.ts';
import { createChanges } from './changes.ts';
import { startPlaygroundClock } from './clock/playground-clock.ts';
import { startDemoWorld } from './demo-world.ts';
import { prepareNeo4j } from './neo4j/find-neo4j.ts';
import { startLocalNeo4j } from './neo4j/local-neo4j.ts';
import { fillProduction, realData } from './neo4j/production.ts';
import { startPage } from './page/server.ts';
import { createSidePanel } from './page/side-panel.ts';
import { readRecords } from './records.ts';
import { startRestartableBot } from './restartable-bot.ts';
import { simulatedData } from './simulated-data.ts';
import { PRODUCTION, type World } from './world.ts';

const say = (line: string) => console.log(line);

/** `npm run demo`: everything on loopback with no account. With `--auto` the story plays by itself and decides the exit code. */
async function main(): Promise<void> {
  const isAuto = process.argv.includes('--auto');
  await ensureRedisServer(say);
  const neo4j = await productionServer();
  const filled = neo4j && fillProduction(neo4j.server, new Date());
  const clock = startPlaygroundClock();
  const world = await startDemoWorld({ production: filled?.database });
  const bot = await startRestartableBot(world, clock);
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
  const records = readRecords(world);
  const panel = createSidePanel(world, {
    graph: filled?.graph,
    time: { clock, records },
    hasGuide: true,
    changes: createChanges(world, bot.restart),
    files: world.files,
    prices: world.prices,
    importConsole: world.importConsole,
  });
  const page = await startPage(world.slack, panel, (listener) => {
    const stops = [world.slack.onChange(listener), world.aura.onChange(listener)];
    return () => {
      for (const stopOne of stops) stopOne();
    };
  });
  say(`\nOpen ${page.url} in a browser. You are Rita, on call: damage the data, then type /restore.`);
  say('Approve as somebody else: choose a name. Anton uses Slack in German, and #status is a German channel.');
  say('"Try this" in the page leads through more: two rules, a freeze, a change during votes, and a clock to move.');
  say('Ctrl-C ends everything.\n');
  if (filled) {
    say('The real Neo4j behind production is starting and being filled…');
    filled.database.ready.then(
      () => {
        say(
          'Production is running. A scheduled snapshot is taken, which the bot counts: restore it to see what that would lose.',
        );
        world.aura.instances.takeSnapshot(world.aura.instances.find(PRODUCTION.id), 'Scheduled');
      },
      () => say('The real Neo4j could not be filled: production stays unavailable.'),
    );
  }
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  say('Stopping…');
  await page.close();
  records.close();
  await stop();
  process.exit(0);
}

async function auto(world: World, data: ProductionData, stop: () => Promise<void>): Promise<never> {
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
