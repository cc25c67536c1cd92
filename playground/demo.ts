import { ensureRedisServer } from '../scripts/ensure-redis.ts';
import { playStory } from './auto.ts';
import { startBotProcess } from './bot-process.ts';
import { simulatedData } from './simulated-data.ts';
import { startWorld } from './world.ts';

/** `npm run demo`: everything on loopback with no account. With `--auto` the story plays by itself and decides the exit code. */
async function main(): Promise<void> {
  const isAuto = process.argv.includes('--auto');
  const say = (line: string) => console.log(line);
  await ensureRedisServer(say);
  const world = await startWorld({ transport: 'socket' });
  const bot = await startBotProcess(world);
  const data = simulatedData(world);
  const stop = async () => {
    await bot.stop();
    await world.close();
  };
  if (isAuto) {
    const outcome = await playStory(world, data, (speaker, words) => say(`${speaker.padEnd(24)} ${words}`)).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    await stop();
    say(outcome ? `FAILED: ${outcome}` : 'The story went as it should.');
    process.exit(outcome ? 1 : 0);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
