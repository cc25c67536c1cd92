import type { Deed } from './deed.ts';
import { markOf, type RecordSeen } from './records.ts';
import type { ExportSeen, RefusedSeen, ShadowSeen } from './side-records.ts';
import type { Sought, Violation } from './violation.ts';

/** A record that broke a promise, or of which one was sought in vain, with what people did about it. */
export interface Culprit {
  readonly id: string;
  readonly status: string;
  readonly history: readonly { readonly event: string; readonly hash?: unknown; readonly previous?: unknown }[];
  readonly deeds: readonly Deed[];
}

/** What an arena holds that may have broken a promise. */
export interface Suspects {
  readonly records: readonly RecordSeen[];
  readonly sideRecords: readonly (ShadowSeen | ExportSeen | RefusedSeen)[];
  readonly deeds: readonly Deed[];
}

/**
 * Everything that these violations are about: restores and other records by their id, what people did under a mark that is on no
 * record, and for what belongs to no record the restores of its instance before and after it.
 */
export function culpritsAmong(violations: readonly Violation[], suspects: Suspects): readonly Culprit[] {
  const { records, sideRecords, deeds } = suspects;
  const hit = new Set(
    violations.flatMap(({ restoreId, sought }) => [restoreId, ...(sought ? neighboursOf(sought, records) : [])]),
  );
  return [
    ...records
      .filter(({ id }) => hit.has(id))
      .map((record) => ({
        id: record.id,
        status: record.state.status,
        history: record.history,
        deeds: deeds.filter(({ mark }) => mark === markOf(record)),
      })),
    ...sideRecords
      .filter(({ id }) => hit.has(id))
      .map((one) => ({
        id: one.id,
        status: 'state' in one ? one.state.status : 'refused',
        history: one.history,
        deeds: [],
      })),
    ...[...new Set(deeds.map(({ mark }) => mark))]
      .filter((mark) => hit.has(mark))
      .map((mark) => ({
        id: mark,
        status: 'not on record',
        history: [],
        deeds: deeds.filter((deed) => deed.mark === mark),
      })),
  ];
}

/** The restores of the instance that were asked for last before it, and first after it. */
function neighboursOf({ at, auraId }: Sought, records: readonly RecordSeen[]): readonly string[] {
  const own = records.filter(({ plan }) => plan.instance.auraId === auraId);
  const isBefore = ({ request }: RecordSeen) => Date.parse(request.requestedAt) <= at;
  return [own.findLast(isBefore), own.find((record) => !isBefore(record))].flatMap((one) => (one ? [one.id] : []));
}
