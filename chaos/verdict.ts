import type { Arena } from './arena.ts';
import type { Deed } from './deed.ts';
import { judgeCalls } from './judge-calls.ts';
import { judgeDeeds } from './judge-deeds.ts';
import { judgeMessages } from './judge-messages.ts';
import { judgeRecord } from './judge-record.ts';
import { judgeVotes } from './judge-votes.ts';
import { entriesOf, type RecordSeen, readAudit, readRecords } from './records.ts';
import type { Violation } from './violation.ts';

export interface Verdict {
  readonly violations: readonly Violation[];
  readonly restores: number;
  readonly decisions: number;
  readonly restoreCalls: number;
  readonly records: readonly RecordSeen[];
}

/** Judges what the bot did by what Slack, Aura and Redis saw of it and by what people were told. */
export async function judge(arena: Arena, deeds: readonly Deed[]): Promise<Verdict> {
  const records = await readRecords(arena.redis.outside);
  const audit = await readAudit(arena.redis.outside);
  const calls = [...arena.aura.calls('restore'), ...arena.aura.calls('overwrite')];
  const { messages } = arena.slack.workspace;
  const violations: Violation[] = [
    ...records.flatMap((record) => [
      ...judgeRecord(record, audit.get(record.id) ?? []),
      ...judgeVotes(arena, record, deeds),
      ...judgeMessages(record, messages),
    ]),
    ...judgeCalls(records, calls, audit),
    ...judgeDeeds(records, deeds),
  ];
  return {
    violations,
    restores: records.length,
    decisions: records.filter((record) => entriesOf(record, 'approved').some(({ entered }) => entered !== undefined))
      .length,
    restoreCalls: calls.length,
    records,
  };
}
