import type { SeenCheck, SeenPreview } from '../src/restore/new-instance/preview-stage.ts';
import { snapshotIdOf } from '../src/restore/plan.ts';
import { currentReceipt } from '../src/restore/receipt/next-loss-look.ts';
import type { LiveChecks } from '../src/restore/receipt/receipt.ts';
import type { Restore } from '../src/restore/restore.ts';
import { listed } from './people.ts';
import { escaped, past, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** A card is read at night; the preview's own card has the rest. */
const MOST_PREVIEWS = 3;
const MOST_CHECKS = 5;
const LONGEST_NAME = 60;

/** How far the previews of the request's restore point have come, the latest last. Empty when there is none. */
export function previewLines(
  restore: Pick<Restore, 'plan' | 'previews' | 'previewed' | 'lossReceipt'>,
  words: Words,
): readonly string[] {
  const snapshotId = snapshotIdOf(restore.plan);
  const { previews = [], previewed } = restore;
  const about = previews.filter((one) => one.snapshotId === snapshotId).slice(-MOST_PREVIEWS);
  const live = currentReceipt(restore)?.checks;
  return about.flatMap((one) => [
    previewLine(one, words),
    ...(live && one.by === previewed?.by ? liveLines(one, live, words) : []),
  ]);
}

function previewLine({ by, at, stage }: SeenPreview, { preview: say, basics }: Words): string {
  const id = escaped(by);
  switch (stage.kind) {
    case 'asked':
      return say.asked(id);
    case 'being-made':
      return say.beingMade(id);
    case 'not-counted':
      return say.notCounted({ id, why: say.because[stage.because] });
    case 'counted': {
      const others = stage.checks.filter(({ status }) => status !== 'pass');
      const shown = others
        .slice(0, MOST_CHECKS)
        .map(({ name, status }) => say.check({ name: quoted(name, LONGEST_NAME), status: say.statuses[status] }));
      const more = others.length - shown.length;
      const facts = {
        passed: basics.number(stage.checks.length - others.length),
        all: basics.number(stage.checks.length),
        others: [...shown, ...(more > 0 ? [say.moreChecks(basics.number(more))] : [])].join(', ') || undefined,
      };
      return say.counted({ id, at: past(at), checks: stage.checks.length > 0 ? say.checks(facts) : say.noChecks });
    }
    default:
      return stage satisfies never;
  }
}

/** The checks that were asked in both, where they came out differently. Empty when none was asked in both. */
function liveLines({ stage }: SeenPreview, { at, results }: LiveChecks, words: Words): readonly string[] {
  const { preview: say } = words;
  if (stage.kind !== 'counted') return [];
  const both = results.flatMap((live) => {
    const there = stage.checks.find(({ name }) => name === live.name);
    return there ? [{ live, there }] : [];
  });
  if (both.length === 0) return [];
  const different = both.filter(({ live, there }) => live.status !== there.status);
  if (different.length === 0) return [say.liveSame(past(at))];
  const shown = different.slice(0, MOST_CHECKS).map((one) => differenceWords(one, words));
  const more = different.length - shown.length;
  const all = [...shown, ...(more > 0 ? [say.moreChecks(words.basics.number(more))] : [])];
  return [say.liveDiffers({ at: past(at), checks: listed(all, words) })];
}

function differenceWords(
  { live, there }: { readonly live: SeenCheck; readonly there: SeenCheck },
  { preview: say }: Words,
): string {
  return say.liveCheck({
    name: quoted(live.name, LONGEST_NAME),
    there: say.statuses[there.status],
    live: say.statuses[live.status],
  });
}
