/** Why a number is not known. */
export const UNKNOWN_BECAUSE = [
  /** Nobody counted anything close to the restore point. */
  'no-fingerprint',
  /** The bot has no way into the database. */
  'no-credentials',
  'no-answer',
  'not-permitted',
  /** The operator has configured nothing that would tell. */
  'not-configured',
  /** This edition or tier of Neo4j has no such thing. */
  'not-offered',
  'too-costly',
  'out-of-time',
  /** The question is not a pure read, or Neo4j does not accept it. */
  'refused',
  'no-number',
  /** The condition is neither true nor false of what was looked at, as when times are compared with texts. */
  'cannot-be-judged',
  /** It is in a file, which Aura alone can load. */
  'in-a-file',
  /** Aura's documents do not say whether it comes with the data. */
  'not-documented',
] as const;
export type UnknownBecause = (typeof UNKNOWN_BECAUSE)[number];

/** A number, and how good it is. What is unknown has no value, so that nobody can take it for zero. */
export type Amount =
  | { readonly kind: 'known'; readonly value: number }
  /** Found by looking at some, drawn at random: `looked` of `of`. Hardly ever more than `atMost`. */
  | {
      readonly kind: 'sampled';
      readonly value: number;
      readonly atMost: number;
      readonly looked: number;
      readonly of: number;
    }
  | { readonly kind: 'estimated'; readonly value: number }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

export function known(value: number): Amount {
  return { kind: 'known', value };
}

export function unknown(because: UnknownBecause): Amount {
  return { kind: 'unknown', because };
}

/** So many standard errors above the share that was seen lies the bound that hardly ever is exceeded: one time in forty. */
const BOUND = 1.96;

/** What a sample says about all: `found` among `looked` drawn at random of `of`. Unknown when none was looked at. */
export function sampled(found: number, looked: number, of: number): Amount {
  if (looked <= 0 || found < 0 || found > looked) return unknown('no-number');
  if (looked >= of) return known(found);
  // Wilson's bound, which is not zero when nothing was found.
  const share = found / looked;
  const square = BOUND ** 2;
  const middle = share + square / (2 * looked);
  const spread = BOUND * Math.sqrt((share * (1 - share)) / looked + square / (4 * looked ** 2));
  const atMost = Math.min(1, (middle + spread) / (1 + square / looked));
  return { kind: 'sampled', value: Math.round(share * of), atMost: Math.ceil(atMost * of), looked, of };
}

/** How much more there is `now` than `before`, as good as the worse of both. Negative: so much would come back. */
export function difference(now: Amount, before: Amount): Amount {
  if (now.kind === 'unknown') return now;
  if (before.kind === 'unknown') return before;
  const value = now.value - before.value;
  return now.kind === 'known' && before.kind === 'known' ? known(value) : { kind: 'estimated', value };
}
