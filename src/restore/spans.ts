/** A stretch of time in milliseconds since 1970; its end no longer belongs to it. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The same times in order, with what overlaps or touches made one. */
export function union(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.filter(isSome).sort((one, other) => one.fromMs - other.fromMs)) {
    const last = merged.at(-1);
    if (last && span.fromMs <= last.toMs) {
      merged[merged.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
    } else merged.push(span);
  }
  return merged;
}

/** The times that both have. */
export function intersection(some: readonly Span[], others: readonly Span[]): readonly Span[] {
  const [ones, twos] = [union(some), union(others)];
  const shared: Span[] = [];
  let [first, second] = [0, 0];
  for (;;) {
    const [one, two] = [ones[first], twos[second]];
    if (!one || !two) return shared.filter(isSome);
    shared.push(overlap(one, two));
    if (one.toMs < two.toMs) first += 1;
    else second += 1;
  }
}

/** The times of `spans` that `taken` leaves. */
export function without(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  const busy = union(taken);
  const free = [...busy, undefined].map((next, index) => ({
    fromMs: busy[index - 1]?.toMs ?? Number.NEGATIVE_INFINITY,
    toMs: next?.fromMs ?? Number.POSITIVE_INFINITY,
  }));
  return intersection(spans, free);
}

/** What two stretches share; of no length or less when they share nothing. */
export function overlap(one: Span, other: Span): Span {
  return { fromMs: Math.max(one.fromMs, other.fromMs), toMs: Math.min(one.toMs, other.toMs) };
}

function isSome({ fromMs, toMs }: Span): boolean {
  return fromMs < toMs;
}
