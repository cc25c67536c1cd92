import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/restore.ts';
import { type Snapshot, type UnusableBecause, usability } from '../src/restore/snapshot.ts';
import type { Option, OptionsBlock } from './option-groups.ts';
import { LIMIT } from './slack-limits.ts';
import { duration, momentIn, option, utc } from './slack-text.ts';

export const UNUSABLE_WORDS: Readonly<Record<UnusableBecause, string>> = {
  'still-running': 'still running',
  failed: 'failed',
  cancelled: 'cancelled',
  'unknown-status': 'in a state the bot does not know',
};

/** One line for a snapshot: when, how old, what kind, and whether it can be used. At most 75 characters. */
export function snapshotOption(snapshot: Snapshot, now: Instant, zone: string | undefined): Option {
  const usable = usability(snapshot);
  const age = duration(dataLossMinutes(snapshot.takenAt, now));
  const kind = [
    snapshot.profile,
    ...(snapshot.exportable === undefined ? [] : [snapshot.exportable ? 'exportable' : 'not exportable']),
  ].join(', ');
  const when = `${momentIn(snapshot.takenAt, zone)} · ${age} old`;
  return usable.usable
    ? option(when, snapshot.snapshotId, usable.caution ? `${kind}; may be differential, Aura may refuse it` : kind)
    : option(`CANNOT BE USED · ${when}`, snapshot.snapshotId, `${UNUSABLE_WORDS[usable.why]} · ${kind}`);
}

/**
 * The choices of the restore point menu, newest first in groups by UTC day, narrowed by what was typed. Slack shows no
 * more than a hundred; older ones are found by typing a date.
 */
export function snapshotOptions(
  snapshots: readonly Snapshot[],
  view: { readonly now: Instant; readonly zone?: string | undefined; readonly query: string },
): OptionsBlock {
  const query = view.query.trim().toLowerCase();
  const matching = snapshots.filter((snapshot) => {
    if (!query) return true;
    const line = snapshotOption(snapshot, view.now, view.zone);
    return `${utc(snapshot.takenAt)} ${line.text.text} ${line.description?.text ?? ''}`.toLowerCase().includes(query);
  });
  const byDay = new Map<string, Option[]>();
  for (const snapshot of matching.slice(0, LIMIT.options)) {
    const day = snapshot.takenAt.slice(0, 10);
    byDay.set(day, [...(byDay.get(day) ?? []), snapshotOption(snapshot, view.now, view.zone)]);
  }
  return {
    option_groups: [...byDay].map(([day, options]) => ({
      label: { type: 'plain_text', text: `${day} (UTC)` },
      options,
    })),
  };
}
