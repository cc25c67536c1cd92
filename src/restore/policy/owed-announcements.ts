import type { HistoryEntry } from '../restore.ts';
import { POLICY_EVENTS, type PolicyRecord } from './policy-record.ts';

/** What an audit channel must hear of the rules. It is posted once; its key says whether it was. */
export interface OwedAnnouncement {
  readonly key: string;
  readonly channel: string;
  readonly entry: HistoryEntry;
}

/** What is owed, oldest first: each change of the rules, in every audit channel that there was at that moment. */
export function owedAnnouncements({
  history,
  deliveries,
}: Pick<PolicyRecord, 'history' | 'deliveries'>): readonly OwedAnnouncement[] {
  return history
    .filter(({ event }) => POLICY_EVENTS.includes(event))
    .flatMap((entry) => channelsOf(entry).map((channel) => ({ key: `said:${entry.seq}:${channel}`, channel, entry })))
    .filter(({ key }) => deliveries[key] === undefined);
}

function channelsOf({ facts }: HistoryEntry): readonly string[] {
  return String(facts.channels ?? '')
    .split(' ')
    .filter(Boolean);
}
