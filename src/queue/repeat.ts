import { setTimeout as sleep } from 'node:timers/promises';

/** Work that waits for something that is gone must not keep the process from ending. */
const STOP_DEADLINE_MS = 2_000;

/** Does something now and again `everyMs` after each end of it, never twice at once, whatever becomes of it. */
export function startRepeating(
  work: () => Promise<void>,
  everyMs: number,
  onFailure: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  function schedule(afterMs: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      running = work()
        .catch(onFailure)
        .finally(() => schedule(everyMs));
    }, afterMs);
  }
  schedule(0);

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([running, sleep(STOP_DEADLINE_MS, undefined, { ref: false })]);
    },
  };
}
