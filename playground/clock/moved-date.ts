const RealDate = Date;

let aheadMs = 0;

/** How far this process's `Date` is ahead of the machine's clock, in milliseconds; whole seconds. */
export function dateAheadMs(): number {
  return aheadMs;
}

/** Sets how far this process's `Date` is ahead. Does nothing visible before `installMovedDate`. */
export function setDateAhead(ms: number): void {
  aheadMs = Math.round(ms / 1000) * 1000;
}

/**
 * Lets the time of day of this process be moved: `Date.now()`, `new Date()` and nothing else. Timers and
 * `performance.now()` go on by the machine's clock. May be repeated. Returns what puts the machine's `Date` back.
 */
export function installMovedDate(): () => void {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [movedNow()] : args, newTarget),
    apply: () => new Date().toString(),
    get: (target, key, receiver) => (key === 'now' ? movedNow : Reflect.get(target, key, receiver)),
  });
  return () => {
    globalThis.Date = RealDate;
    aheadMs = 0;
  };
}

function movedNow(): number {
  return RealDate.now() + aheadMs;
}
