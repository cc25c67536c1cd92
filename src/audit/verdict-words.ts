import type { Place, Verdict } from './verifier.ts';

/** The verdict for the person who asked for it. */
export function verdictWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'unbroken':
      return unbrokenWords(verdict);
    case 'broken': {
      const { restore, place, damage } = verdict;
      const which = restore === undefined ? 'The first line' : `Entry ${damage.seq} of ${restore}`;
      const is = damage.kind === 'missing' || damage.kind === 'out of order' ? 'is' : 'was';
      return `BROKEN. ${which} ${is} ${damage.kind}: ${damage.words}.${place ? ` (${placeWords(place)})` : ''}`;
    }
    case 'unreadable':
      return `${placeWords(verdict.place)} ${verdict.why}.`;
    default:
      return verdict satisfies never;
  }
}

function unbrokenWords(verdict: Extract<Verdict, { kind: 'unbroken' }>): string {
  const { entries, restores, begunLate, anchorsFound, anchorsOutside } = verdict;
  const lines = [`${entries} entries of ${restores} restores: unbroken.`];
  if (anchorsFound > 0) lines.push(`${anchorsFound} anchors agree with them.`);
  if (begunLate.length > 0) {
    lines.push(
      `The files begin in the middle of ${listed(begunLate)}: what these entries follow could not be checked here.`,
    );
  }
  if (anchorsOutside.length > 0) {
    const which = anchorsOutside.map(({ restoreId, seq }) => `${restoreId} entry ${seq}`);
    lines.push(
      `NOT CHECKED: ${anchorsOutside.length} anchors of entries that these files do not cover: ${listed(which)}.`,
    );
  }
  return lines.join('\n');
}

const MOST_LISTED = 10;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return more > 0 ? `${names.slice(0, MOST_LISTED).join(', ')} and ${more} more` : names.join(', ');
}

function placeWords({ file, line }: Place): string {
  return `${file} line ${line}`;
}
