import { z } from 'zod';
import type { Holidays } from '../restore/holidays.ts';
import { POLICY_SCHEMA_VERSION, type PolicyRecord } from '../restore/policy/policy-record.ts';
import type { Policy } from '../restore/policy.ts';
import type { Span } from '../restore/spans.ts';
import { delivery, historyEntry } from './history-schema.ts';
import { instant, text } from './stored-values.ts';
import { approvalTerms, peopleRule } from './terms-schema.ts';
import { times } from './times-schema.ts';

/** The entries of a calendar file, by the hash of its text and the zone it is read in. */
export type BetweenOf = (fileHash: string, zone: string) => Holidays['between'];

const minutes = z.number();
const holidays = z.object({ calendar: text, zone: text, effect: z.enum(['closed', 'frozen']), fileHash: text });
const calendar = z.object({
  windows: z.array(times),
  outerWindows: z.array(z.array(times)).exactOptional(),
  freezes: z.array(times),
  holidays: z.array(holidays).exactOptional(),
});

/** What decides is read strictly; what a later release adds is kept, and counts as a rule that nobody may loosen. */
const instance = z.looseObject({
  alias: text,
  auraId: text,
  environment: z.enum(['production', 'staging', 'development']),
  requesters: peopleRule.exactOptional(),
  approval: approvalTerms,
  overrideApprovers: peopleRule.exactOptional(),
  approvalsChannel: text,
  auditChannel: text,
  noticeLeadMinutes: minutes,
  urgentNoticeLeadMinutes: minutes.exactOptional(),
  requestExpiryMinutes: minutes,
  executionExpiryMinutes: minutes,
  lossBoundMinutes: minutes,
  requiredFields: z.array(z.enum(['ticket', 'expected-impact'])),
  calendar,
});
const linked = z.array(z.array(text));
const onCall = z.object({ schedules: z.record(text, text), accounts: z.record(text, text), maxAgeMs: z.number() });
const policy = z.looseObject({
  instances: z.array(instance),
  samePeople: linked,
  mayActFor: linked.exactOptional(),
  onCall: onCall.exactOptional(),
});
const links = z.object({ samePeople: linked, mayActFor: linked.exactOptional() });

const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('settings'),
    before: instance,
    after: instance,
    changes: z.array(z.object({ setting: text, weights: z.array(z.enum(['loosens', 'tightens', 'neutral'])) })),
  }),
  z.object({ kind: z.literal('name-reused'), before: instance, after: instance }),
  z.object({ kind: z.literal('links'), before: links, after: links }),
  z.object({ kind: z.literal('on-call'), before: onCall.exactOptional(), after: onCall }),
]);
const proposal = z.object({
  number: z.number(),
  hash: text,
  at: instant,
  expiresAt: instant.exactOptional(),
  change,
  bound: z.array(approvalTerms.extend({ auraId: text, alias: text })),
  channels: z.array(text),
  votes: z.array(z.object({ by: text, at: instant, kind: z.enum(['agree', 'refuse']), countsFor: z.array(text) })),
  state: z.discriminatedUnion('status', [
    z.object({ status: z.literal('open') }),
    z.object({ status: z.literal('agreed'), at: instant }),
    z.object({ status: z.literal('replaced'), at: instant }),
    z.object({ status: z.literal('expired'), at: instant }),
    z.object({ status: z.literal('refused'), at: instant, by: text }),
  ]),
});
const record = z.object({
  schemaVersion: z.literal(POLICY_SCHEMA_VERSION),
  id: text,
  version: z.number(),
  inForce: policy,
  inForceSince: instant,
  retired: z.array(instance),
  fileHash: text,
  proposals: z.array(proposal),
  deliveries: z.record(text, delivery),
  history: z.array(historyEntry),
});

/** Reads the record of the rules; what cannot be read is refused with the path of what is wrong, never guessed at. */
export function parsePolicyRecord(json: string, betweenOf: BetweenOf): PolicyRecord {
  return alive(record.parse(JSON.parse(json)), betweenOf) as unknown as PolicyRecord;
}

export function parsePolicy(json: string, betweenOf: BetweenOf): Policy {
  return alive(policy.parse(JSON.parse(json)), betweenOf) as unknown as Policy;
}

/** The hashes of all calendar files that a stored text names. */
export function fileHashesIn(json: string): readonly string[] {
  return [...new Set([...json.matchAll(/"fileHash":"([0-9a-f]+)"/g)].flatMap(([, hash]) => (hash ? [hash] : [])))];
}

/** A calendar whose text is lost is closed at all times: nobody can say that it would not be. */
export function lostCalendar(fileHash: string): Holidays['between'] {
  return ({ fromMs, toMs }: Span) => [
    {
      name: `calendar file ${fileHash.slice(0, 12)}, whose text is lost`,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    },
  ];
}

/** Gives every calendar its entries again, which no JSON holds. */
function alive(value: unknown, betweenOf: BetweenOf): unknown {
  if (Array.isArray(value)) return value.map((part) => alive(part, betweenOf));
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, alive(part, betweenOf)]));
  const { fileHash, zone } = parts;
  const isCalendar = typeof fileHash === 'string' && typeof zone === 'string';
  return isCalendar ? { ...parts, between: betweenOf(fileHash, zone) } : parts;
}
