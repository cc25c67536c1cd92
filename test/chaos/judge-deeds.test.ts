import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Deed } from '../../chaos/deed.ts';
import { judgeDeeds } from '../../chaos/judge-deeds.ts';
import type { RecordSeen } from '../../chaos/records.ts';
import type { RefusedSeen } from '../../chaos/side-records.ts';

const WHO = 'U0APP1';
const nameOf = (trigger: string) => createHash('sha256').update(trigger).digest('base64url').slice(0, 16);

function record(...entries: readonly (readonly [event: string, trigger: string, attempt?: string])[]): RecordSeen {
  return {
    id: 'R-1',
    version: 1,
    request: { requestedBy: 'U0REQ1', requestedAt: '2026-11-21T10:00:00.000Z', reason: { text: 'mark.' } },
    plan: {
      instance: { alias: 'orders', auraId: '0a1b2c3d' },
      method: 'restore-snapshot',
      restorePoint: { snapshotId: 's' },
      noticeChannels: [],
    },
    planHash: '',
    state: { status: 'approved' },
    history: entries.map(([event, trigger, attempt], seq) => ({
      seq,
      at: '2026-11-21T10:00:00.000Z',
      event,
      by: WHO,
      facts: { interaction: nameOf(trigger), ...(attempt ? { attempt } : {}) },
      previous: '',
      hash: '',
    })),
  };
}

const deed = (what: Deed['what'], told: Deed['told']): Deed => ({
  at: 0,
  who: WHO,
  what,
  mark: 'mark',
  told,
  words: '',
});
const asked: Deed = { ...deed('request', 'done'), who: 'U0REQ1' };

describe('a person who is refused more often than a history has room for', () => {
  const often = record(...['1', '2', '3', '4', '5'].map((click) => ['attempt-refused', click, 'approve'] as const));
  const deeds = [asked, ...Array.from({ length: 6 }, () => deed('approve', 'refused'))];
  const apart = (about: string): RefusedSeen => ({
    id: 'N-1',
    history: record(['attempt-refused', '6', 'approve']).history.map((entry) => ({
      ...entry,
      facts: { ...entry.facts, about },
    })),
  });

  it('is on record in all, the rest in records of their own', () => {
    expect(judgeDeeds([often], deeds, new Set(), [apart('R-1')])).toEqual([]);
    expect(judgeDeeds([often], deeds, new Set(), [apart('R-2')])).toMatchObject([{ promise: 'nothing lost' }]);
    expect(judgeDeeds([often], deeds.slice(1), new Set(), [apart('R-1')])).not.toEqual([]);
  });
});

describe('a click that Slack delivered again when its person had gone on', () => {
  const refusedLater = record(['approved', 'form'], ['attempt-refused', 'button', 'open-approval']);
  const deeds = [asked, deed('approve', 'done')];

  it('may stand on record as a refusal that nobody waited for', () => {
    expect(judgeDeeds([refusedLater], deeds, new Set(['button']))).toEqual([]);
    expect(judgeDeeds([refusedLater], deeds), 'of a click that came once').toMatchObject([
      { promise: 'nothing twice' },
    ]);
  });

  it('counts once', () => {
    const twice = record(['approved', 'form'], ['approved', 'form']);
    expect(judgeDeeds([twice], deeds, new Set(['form']))).toMatchObject([{ promise: 'nothing twice' }]);
  });
});
