import { addMinutes } from '../restore/instant.ts';
import type { Anchor } from './anchors.ts';
import type { ExportHeader } from './line.ts';

/** An entry is dated when it is decided on and recorded a moment later; around the edges of a file both may differ. */
const EDGE_MINUTES = 1;

/** What the files together say they hold, so that an entry that is not there can be told from one that is missing. */
export function createCoverage() {
  const headers: ExportHeader[] = [];

  const beginOf = ({ from, archivedBefore }: ExportHeader) => latest(from, archivedBefore);
  const endOf = ({ to, writtenAt }: ExportHeader) => to ?? writtenAt;

  const isBefore = (at: string, end: string) => at <= addMinutes(end, -EDGE_MINUTES);
  const isOfInstance = (anchor: Anchor, { instance }: ExportHeader) =>
    instance === undefined || instance === anchor.instance;

  /** True when a file holds what of that moment no archive does: what had not ended, and the rules. */
  function holdsTheRest(anchor: Anchor): boolean {
    return headers.some(
      (header) =>
        !header.endedOnly &&
        (header.from === undefined || anchor.at >= header.from) &&
        isOfInstance(anchor, header) &&
        isBefore(anchor.at, endOf(header)),
    );
  }

  return {
    add(header: ExportHeader): void {
      headers.push(header);
    },

    /** True when the latest file begins in the middle of things. */
    mayBeginLate(): boolean {
      const header = headers.at(-1);
      return header !== undefined && beginOf(header) !== undefined;
    },

    /** True when the latest file holds only chains that had ended. */
    isEndedOnly(): boolean {
      return headers.at(-1)?.endedOnly === true;
    },

    /**
     * True when no file says that it holds an anchored entry that is not there, given what is held of its restore. `hasEnded`: an
     * archive holds some of it, so those of the other days hold theirs.
     */
    isOutside(anchor: Anchor, held: { readonly first: number; readonly hasEnded: boolean } | undefined): boolean {
      return !headers.some((header) => {
        if (header.endedOnly && !held?.hasEnded && !holdsTheRest(anchor)) return false;
        const begin = beginOf(header);
        const hasBegun = begin === undefined || anchor.at >= begin || (held !== undefined && anchor.seq >= held.first);
        return hasBegun && isOfInstance(anchor, header) && isBefore(anchor.at, endOf(header));
      });
    },
  };
}

function latest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
