/** Says how far something has come and when it will be over if it goes on like this, now and then. */
export function createProgress(
  what: string,
  total: number,
  say: (line: string) => void,
): { done(count?: number): void } {
  const begunAt = Date.now();
  let done = 0;
  let saidAt = begunAt;
  return {
    done(count = 1) {
      done += count;
      const now = Date.now();
      if (done < total && now - saidAt < SAY_EVERY_MS) return;
      saidAt = now;
      const leftMs = ((now - begunAt) / done) * (total - done);
      const end = new Date(now + leftMs).toISOString().slice(11, 16);
      say(`  ${done} of ${total} ${what}${done < total ? `, over at about ${end} UTC` : ''}`);
    },
  };
}

const SAY_EVERY_MS = 15_000;
