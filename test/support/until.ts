import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so, looking often. Rejects with what was waited for when it does not come. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, longestMs = 60_000): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(10);
  }
}
