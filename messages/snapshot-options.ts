import type { Reader } from '../src/restore/language.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import { type Snapshot, usability } from '../src/restore/snapshot.ts';
import type { Option, OptionsBlock } from './option-groups.ts';
import { LIMIT } from './slack-limits.ts';
import { duration, momentIn, option, utc } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** One line for a snapshot: when, how old, what kind, and whether it can be used. At most 75 characters. */
export function snapshotOption(snapshot: Snapshot, now: Instant, reader: Reader): Option {
  const words = wordsFor(reader);
  const say = words.form.snapshot;
  const { snapshotId, profile, exportable, takenAt } = snapshot;
  const usable = usability(snapshot);
  const isExportable = exportable ? say.exportable : say.notExportable;
  const kind = [profile, ...(exportable === undefined ? [] : [isExportable])].join(', ');
  const when = say.old({
    at: momentIn(takenAt, reader.zone, words),
    age: duration(dataLossMinutes(takenAt, now), words),
  });
  return usable.usable
    ? option(when, snapshotId, usable.caution ? say.mayBeRefused(kind) : kind)
    : option(say.cannotBeUsed(when), snapshotId, `${say.unusable[usable.why]} · ${kind}`);
}

/**
 * The choices of the restore point menu, newest first in groups by UTC day, narrowed by what was typed. Slack shows no
 * more than a hundred; older ones are found by typing a date.
 */
export function snapshotOptions(
  snapshots: readonly Snapshot[],
  view: { readonly now: Instant; readonly query: string },
  reader: Reader,
): OptionsBlock {
  const query = view.query.trim().toLowerCase();
  const matching = snapshots.filter((snapshot) => {
    if (!query) return true;
    const line = snapshotOption(snapshot, view.now, reader);
    return `${utc(snapshot.takenAt)} ${line.text.text} ${line.description?.text ?? ''}`.toLowerCase().includes(query);
  });
  const byDay = new Map<string, Option[]>();
  for (const snapshot of matching.slice(0, LIMIT.options)) {
    const day = snapshot.takenAt.slice(0, 10);
    byDay.set(day, [...(byDay.get(day) ?? []), snapshotOption(snapshot, view.now, reader)]);
  }
  return {
    option_groups: [...byDay].map(([day, options]) => ({
      label: { type: 'plain_text', text: `${day} (UTC)` },
      options,
    })),
  };
}
