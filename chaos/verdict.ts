import type { Arena } from './arena.ts';
import type { Deed } from './deed.ts';
import { judgeCalls } from './judge-calls.ts';
import { judgeDeeds } from './judge-deeds.ts';
import { judgeExports } from './judge-exports.ts';
import { judgeMade } from './judge-made.ts';
import { judgeMessages } from './judge-messages.ts';
import { judgeMonitoring } from './judge-monitoring.ts';
import { judgeRecord } from './judge-record.ts';
import { judgeRefused } from './judge-refused.ts';
import { judgeShadows } from './judge-shadows.ts';
import { judgeUploads } from './judge-uploads.ts';
import { judgeVotes } from './judge-votes.ts';
import { entriesOf, type RecordSeen, readAudit, readRecords } from './records.ts';
import {
  type ExportSeen,
  type RefusedSeen,
  readExports,
  readRefused,
  readShadows,
  type ShadowSeen,
} from './side-records.ts';
import type { Violation } from './violation.ts';

export interface Verdict {
  readonly violations: readonly Violation[];
  readonly restores: number;
  readonly decisions: number;
  readonly restoreCalls: number;
  readonly records: readonly RecordSeen[];
  /** Restores in the console, exports and refused requests. */
  readonly sideRecords: readonly (ShadowSeen | ExportSeen | RefusedSeen)[];
  /** What else is on record, in words. */
  readonly besides: readonly string[];
}

/** Judges what the bot did by what Slack, Aura and Redis saw of it and by what people were told. */
export async function judge(arena: Arena, deeds: readonly Deed[]): Promise<Verdict> {
  const records = await readRecords(arena.redis.outside);
  // Read first: what was saved meanwhile is in the audit then.
  const refused = await readRefused(arena.redis.outside);
  const audit = await readAudit(arena.redis.outside);
  const calls = [...arena.aura.calls('restore'), ...arena.aura.calls('overwrite')];
  const { messages } = arena.slack.workspace;
  const shadows = await readShadows(arena.redis.outside);
  const exported = await readExports(arena.redis.outside);
  const violations: Violation[] = [
    ...records.flatMap((record) => [
      ...judgeRecord(record, audit.get(record.id) ?? []),
      ...judgeVotes(arena, record, deeds),
      ...judgeMessages(record, messages),
    ]),
    ...judgeCalls(records, calls, audit),
    ...judgeDeeds(records, deeds, arena.slack.deliveredAgain, refused),
    ...judgeExports(exported, messages),
    ...judgeRefused(refused, audit, { deeds, messages }),
    ...judgeUploads(arena.equipment, records),
    ...judgeMonitoring(records, arena.monitoring.asked),
    ...judgeMade(arena, records, messages),
    ...(arena.equipment ? judgeShadows(shadows, arena.equipment.consoleActs, messages) : []),
  ];
  return {
    violations,
    restores: records.length,
    decisions: records.filter((record) => entriesOf(record, 'approved').some(({ entered }) => entered !== undefined))
      .length,
    restoreCalls: calls.length,
    records,
    sideRecords: [...shadows, ...exported, ...refused],
    besides: [
      `${refused.length} refused requests`,
      ...(arena.equipment
        ? [
            `${arena.equipment.uploads().length} uploads, ${exported.length} exports`,
            `${arena.equipment.made.size} made instances`,
            `${shadows.length} restores in the console, ${shadows.filter(({ announced }) => announced).length} announced`,
          ]
        : []),
    ],
  };
}
