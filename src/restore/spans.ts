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
  return union(some.flatMap((one) => others.map((other) => overlap(one, other))));
}

/** The times of `spans` that `taken` leaves. */
export function without(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  return union(taken).reduce<readonly Span[]>(
    (left, { fromMs, toMs }) =>
      left
        .flatMap((span) => [
          { fromMs: span.fromMs, toMs: Math.min(span.toMs, fromMs) },
          { fromMs: Math.max(span.fromMs, toMs), toMs: span.toMs },
        ])
        .filter(isSome),
    union(spans),
  );
}

/** What two stretches share; of no length or less when they share nothing. */
export function overlap(one: Span, other: Span): Span {
  return { fromMs: Math.max(one.fromMs, other.fromMs), toMs: Math.min(one.toMs, other.toMs) };
}

function isSome({ fromMs, toMs }: Span): boolean {
  return fromMs < toMs;
}
