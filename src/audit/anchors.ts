import { type ChainHead, digestOf } from '../restore/history.ts';

/** A head as an anchor message says it. */
export type Anchor = ChainHead;

export type ReadAnchors =
  | { readonly kind: 'anchors'; readonly anchors: readonly Anchor[] }
  | { readonly kind: 'unreadable'; readonly why: string };

const ANCHOR =
  /([A-Z]+-\d+) \(([^()\n]*)\): (\d+) entries up to (\d{4}-\d\d-\d\dT[\d:.]+Z), head sha256 ([0-9a-f]{64})/g;
const DAILY = /Audit anchor of (\S+): (\d+) restores, digest sha256 ([0-9a-f]{64})/g;

/**
 * Finds the anchors in whatever was copied or exported from Slack: plain text, JSON or JSON Lines. A daily anchor must
 * have all its lines: its digest is over them.
 */
export function readAnchors(text: string): ReadAnchors {
  const found = [...text.matchAll(ANCHOR)].map((match) => ({ index: match.index, anchor: anchorOf(match) }));
  for (const daily of text.matchAll(DAILY)) {
    const [, day = '', count, digest] = daily;
    const own = found.filter(({ index }) => index > daily.index).slice(0, Number(count));
    if (digestOf(own.map(({ anchor }) => anchor)) !== digest) {
      return {
        kind: 'unreadable',
        why: `the anchor of ${day} is not whole: its ${count} lines do not give its digest`,
      };
    }
  }
  if (found.length === 0) return { kind: 'unreadable', why: 'no anchor message is in it' };
  const distinct = new Map(found.map(({ anchor }) => [`${anchor.restoreId} ${anchor.seq} ${anchor.hash}`, anchor]));
  return { kind: 'anchors', anchors: [...distinct.values()] };
}

function anchorOf([, restoreId = '', instance = '', seq, at = '', hash = '']: RegExpExecArray): Anchor {
  return { restoreId, instance, seq: Number(seq), at, hash };
}
