import { createHash } from 'node:crypto';
import type { Plan } from './restore.ts';

/**
 * What people agree to, as SHA-256 over the canonical JSON of the plan. Any difference in any field gives another
 * hash, and an approval of another hash does not count.
 */
export function hashPlan(plan: Plan): string {
  return sha256OfCanonicalJson(plan);
}

/**
 * Hex SHA-256 over canonical JSON. For values of plain JSON this is RFC 8785: keys in code unit order, no white space,
 * numbers and strings as `JSON.stringify` writes them.
 */
export function sha256OfCanonicalJson(value: unknown): string {
  const canonical = JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sortedByKey(part) : part));
  return createHash('sha256').update(canonical).digest('hex');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedByKey(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
