import type { Logger } from 'pino';

type Close = () => Promise<unknown>;

/** What has to be stopped when the bot ends, collected while it is built. */
export interface Closing {
  /** Something that takes in work. All are told to stop at once, so that what one has in hand does not keep another from handing over. */
  intake(close: Close): void;
  /** Something the intakes need while they finish: closed after them, the newest first. */
  after(close: Close): void;
  /** Stops everything. Never rejects: what does not stop cleanly is logged. */
  stop(): Promise<void>;
}

/** How long work in hand may take to finish when the bot is told to stop; another process has taken up the rest by then. */
export const CLOSE_DEADLINE_MS = 8_000;

export function createClosing(log: Logger): Closing {
  const intakes: Close[] = [];
  const closers: Close[] = [];
  const cleanly = (close: Close) =>
    close().catch((error: unknown) => log.warn({ err: error }, 'a part did not stop cleanly'));
  return {
    intake: (close) => void intakes.push(close),
    after: (close) => void closers.push(close),
    async stop() {
      await Promise.all(intakes.map(cleanly));
      for (const close of closers.reverse()) await cleanly(close);
    },
  };
}
