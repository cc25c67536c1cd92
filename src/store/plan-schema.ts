import { z } from 'zod';
import { FILE_KINDS } from '../restore/plan.ts';
import { count, instant, text } from './stored-values.ts';

const snapshotPoint = z.strictObject({
  snapshotId: text,
  takenAt: instant,
  profile: text,
  exportable: z.boolean().exactOptional(),
});
const livePoint = z.strictObject({ isLive: z.literal(true), takenAt: instant });
const filePoint = z.strictObject({
  file: z.strictObject({
    name: text,
    kind: z.enum(FILE_KINDS),
    sizeBytes: count,
    sha256: text.exactOptional(),
    directory: text.exactOptional(),
  }),
  takenAt: instant,
  exported: z
    .strictObject({
      exportId: text,
      instance: z.strictObject({ alias: text, auraId: text }),
      snapshotId: text.exactOptional(),
      place: text,
      recordedBy: text,
    })
    .exactOptional(),
});
const plannedInstance = z.strictObject({
  alias: text,
  auraId: text,
  name: text,
  environment: z.enum(['production', 'staging', 'development']),
  type: text.exactOptional(),
  memory: text.exactOptional(),
  projectId: text.exactOptional(),
});
const planOfAnyMethod = {
  instance: plannedInstance,
  start: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('when-confirmed') }),
    z.strictObject({ kind: z.literal('at'), at: instant }),
  ]),
  lossBoundMinutes: z.number(),
  checks: z.array(text),
  noticeChannels: z.array(text),
  keepsEvidence: z.boolean(),
  freezeOverride: z.strictObject({ freezes: z.array(text), reason: text }).exactOptional(),
  dryRun: z.literal(true).exactOptional(),
};
/** What is to be done, by the way it is done. */
export const plan = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('restore-snapshot'), restorePoint: snapshotPoint, ...planOfAnyMethod }),
  z.strictObject({
    method: z.literal('overwrite'),
    source: plannedInstance,
    restorePoint: z.union([snapshotPoint, livePoint]),
    ...planOfAnyMethod,
  }),
  z.strictObject({ method: z.literal('backup-file'), restorePoint: filePoint, ...planOfAnyMethod }),
  z.strictObject({ method: z.literal('upload'), restorePoint: filePoint, ...planOfAnyMethod }),
  z.strictObject({
    method: z.literal('new-instance'),
    restorePoint: snapshotPoint,
    toMake: z.strictObject({
      type: text,
      memory: text,
      liveForMinutes: z.number(),
      price: z.strictObject({ perHour: z.number(), currency: text, asOf: text }),
      monthlyCap: z.number(),
      previewOf: text.exactOptional(),
    }),
    ...planOfAnyMethod,
  }),
]);
