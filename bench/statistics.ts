/** The value below which `share` (0 to 1) of the numbers lie, by the nearest rank. Throws for an empty list. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('a percentile of nothing');
  return value;
}

/** The middle value; the mean of the two middle ones of an even count. Throws for an empty list. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('a median of nothing');
  return (upper + lower) / 2;
}

/** The arithmetic mean. Throws for an empty list. */
export function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new Error('a mean of nothing');
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The most moments that lie in any window of this length; both in milliseconds. */
export function mostInWindow(moments: readonly number[], windowMs: number): number {
  const sorted = [...moments].sort((one, other) => one - other);
  let most = 0;
  let first = 0;
  for (const [last, moment] of sorted.entries()) {
    while (moment - (sorted[first] ?? moment) >= windowMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
