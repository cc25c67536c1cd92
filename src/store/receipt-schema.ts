import { z } from 'zod';
import { UNKNOWN_BECAUSE } from '../restore/receipt/amount.ts';
import { FINGERPRINT_SOURCES, type KeptFingerprint } from '../restore/receipt/kept-fingerprint.ts';
import { seenChecks } from './preview-schema.ts';
import { count, instant, text } from './stored-values.ts';

export const fingerprint = z.object({
  takenAt: instant,
  server: text,
  nodes: count,
  relationships: count,
  labels: z.record(text, count),
  types: z.record(text, count),
  schemaHash: text,
});

const because = z.enum(UNKNOWN_BECAUSE);
const isUnknown = z.object({ kind: z.literal('unknown'), because });
const notSeen = z.object({ kind: z.literal('not-seen'), because });
const seen = <T extends z.ZodType>(one: T) =>
  z.discriminatedUnion('kind', [z.object({ kind: z.literal('seen'), all: z.array(one) }), notSeen]);

/** Who may do what. */
export const accessSeen = z.object({
  users: seen(z.object({ name: text, roles: z.array(text).exactOptional(), isSuspended: z.boolean().exactOptional() })),
  roles: seen(text),
});

/** A fingerprint as it is kept for a snapshot. */
export const keptFingerprint: z.ZodType<KeptFingerprint> = z.object({
  snapshotId: text,
  snapshotAt: instant,
  source: z.enum(FINGERPRINT_SOURCES),
  fingerprint,
  access: accessSeen,
});

const amount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('known'), value: count }),
  z.object({ kind: z.literal('sampled'), value: count, atMost: count, looked: count, of: count }),
  z.object({ kind: z.literal('estimated'), value: count }),
  isUnknown,
]);
const countLine = z.object({
  of: z.enum(['nodes', 'relationships', 'label', 'type']),
  name: text,
  now: amount,
  before: amount,
});
const nowLine = countLine.omit({ before: true });
const onTheWay = z.object({ kind: z.literal('on-the-way'), takenAt: instant, gapMinutes: count });
const preview = z.object({ kind: z.literal('preview'), takenAt: instant });
const namesLoss = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('compared'),
    back: z.array(text),
    gone: z.array(text),
    changed: z.array(z.object({ name: text, now: text, before: text })),
    unnamed: count,
  }),
  isUnknown,
]);

/** A loss receipt as it stands in a record. */
export const lossReceipt = z.object({
  lookedAt: instant,
  point: text,
  source: z.discriminatedUnion('kind', [
    onTheWay,
    preview,
    z.object({
      kind: z.literal('exported'),
      exportId: text,
      snapshotId: text,
      counted: z.discriminatedUnion('kind', [onTheWay, preview]),
    }),
    z.object({ kind: z.literal('file') }),
    z.object({ kind: z.literal('live-source'), takenAt: instant }),
    z.object({ kind: z.literal('source-not-seen'), because }),
    z.object({ kind: z.literal('between'), before: instant, after: instant }),
    z.object({ kind: z.literal('none') }),
  ]),
  counts: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('compared'),
      totals: z.array(countLine),
      lines: z.array(countLine),
      unnamed: count,
      same: count,
      isSchemaChanged: z.union([z.boolean(), z.literal('unknown')]),
    }),
    z.object({
      kind: z.literal('only-now'),
      totals: z.array(nowLine),
      lines: z.array(nowLine),
      unnamed: count,
      because,
    }),
    isUnknown,
  ]),
  lastWrite: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('seen'), at: instant, label: text, property: text }),
    z.object({ kind: z.literal('none') }),
    isUnknown,
  ]),
  questions: z.array(z.object({ name: text, answer: amount })),
  access: z.object({ users: namesLoss, roles: namesLoss }),
  checks: z.object({ at: instant, results: seenChecks }).exactOptional(),
});
