/** What a request is for; faults name it. */
export type Route =
  | 'token'
  | 'tenants'
  | 'list-instances'
  | 'create-instance'
  | 'get-instance'
  | 'patch-instance'
  | 'delete-instance'
  | 'pause'
  | 'resume'
  | 'overwrite'
  | 'list-snapshots'
  | 'take-snapshot'
  | 'get-snapshot'
  | 'restore';

/** Something that goes wrong, for the next `times` matching requests or operations. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly route: Route;
      readonly status: number;
      readonly when: 'before' | 'after';
      readonly times: number;
      readonly reason?: string;
      /** Only for requests about this day, as `2026-11-21`. */
      readonly date?: string;
    }
  | {
      readonly kind: 'reset';
      readonly route: Route;
      readonly when: 'before' | 'after';
      readonly times: number;
      /** Only for requests about this instance. */
      readonly instance?: string;
    }
  | { readonly kind: 'hang'; readonly route: Route; readonly when: 'before' | 'after'; readonly times: number }
  /** Slow to act, or, with `when: 'after'`, slow to say that it did. */
  | {
      readonly kind: 'slow';
      readonly route: Route;
      readonly delayMs: number;
      readonly when?: 'after';
      readonly times: number;
    }
  | { readonly kind: 'nonsense'; readonly route: Route; readonly when: 'before' | 'after'; readonly times: number }
  /** An answer shows another status than there is: one to a look at the instance, unless another route is named. */
  | { readonly kind: 'show-status'; readonly status: string; readonly route?: Route; readonly times: number }
  | {
      readonly kind: 'restore-ends';
      readonly as: 'loading failed' | 'old data' | 'never';
      readonly times: number;
      /** Only for this instance. */
      readonly instance?: string;
    }
  | { readonly kind: 'snapshot-ends'; readonly as: 'Failed'; readonly times: number }
  /** A field that Aura has been seen to leave out. */
  | { readonly kind: 'omit'; readonly route: Route; readonly field: string; readonly times: number }
  /** The answers' `Date` is off by so much, as if Aura's clock or the client's were wrong. */
  | { readonly kind: 'clock'; readonly aheadMs: number; readonly times: number }
  | { readonly kind: 'busy'; readonly route: Route; readonly times: number };

type Kind = Fault['kind'];

export interface Faults {
  /** What was not met with within `forMs` is over. */
  add(fault: Fault, forMs?: number): void;
  /** Uses up one time of the first fault of these kinds that fits. */
  take<K extends Kind>(
    kinds: readonly K[],
    fits: (fault: Extract<Fault, { kind: K }>) => boolean,
  ): Extract<Fault, { kind: K }> | undefined;
  list(): readonly Fault[];
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number; endsAt: number }[] = [];
  const forgetEnded = () => {
    waiting = waiting.filter(({ left, endsAt }) => left > 0 && endsAt > Date.now());
  };
  return {
    add(fault, forMs = Number.POSITIVE_INFINITY) {
      waiting.push({ fault, left: fault.times, endsAt: Date.now() + forMs });
    },
    take<K extends Kind>(kinds: readonly K[], fits: (fault: Extract<Fault, { kind: K }>) => boolean) {
      const isKind = (fault: Fault): fault is Extract<Fault, { kind: K }> => kinds.some((kind) => kind === fault.kind);
      forgetEnded();
      for (const entry of waiting) {
        const { fault } = entry;
        if (!isKind(fault) || !fits(fault)) continue;
        entry.left--;
        forgetEnded();
        return fault;
      }
      return undefined;
    },
    list: () => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    clear() {
      waiting = [];
    },
  };
}
