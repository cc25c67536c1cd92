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

  return {
    add(header: ExportHeader): void {
      headers.push(header);
    },

    /** True when the latest file begins in the middle of things. */
    mayBeginLate(): boolean {
      const header = headers.at(-1);
      return header !== undefined && beginOf(header) !== undefined;
    },

    /** True when no file says that it holds an anchored entry that is not there, given what is held of its restore. */
    isOutside(anchor: Anchor, held: { readonly first: number } | undefined): boolean {
      return !headers.some((header) => {
        const begin = beginOf(header);
        const hasBegun = begin === undefined || anchor.at >= begin || (held !== undefined && anchor.seq >= held.first);
        const isOfInstance = header.instance === undefined || header.instance === anchor.instance;
        return hasBegun && isOfInstance && anchor.at <= addMinutes(endOf(header), -EDGE_MINUTES);
      });
    },
  };
}

function latest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
