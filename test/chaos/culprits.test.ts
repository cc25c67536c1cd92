import { describe, expect, it } from 'vitest';
import { culpritsAmong } from '../../chaos/culprits.ts';
import type { Deed } from '../../chaos/deed.ts';
import type { RecordSeen } from '../../chaos/records.ts';
import type { ShadowSeen } from '../../chaos/side-records.ts';

const record = (id: string, requestedAt: string): RecordSeen => ({
  id,
  version: 1,
  request: { requestedBy: 'U0REQ0', requestedAt, reason: { text: `mark-of-${id}.` } },
  plan: { instance: { alias: 'db-000', auraId: 'c0000000' }, restorePoint: {}, noticeChannels: [] },
  planHash: '',
  state: { status: 'completed' },
  history: [],
});
const records = [
  record('R-1', '2026-11-21T10:00:00Z'),
  record('R-2', '2026-11-21T11:00:00Z'),
  record('R-3', '2026-11-21T12:00:00Z'),
  record('R-4', '2026-11-21T13:00:00Z'),
];
const shadow: ShadowSeen = {
  id: 'X-1',
  version: 1,
  instance: { auraId: 'c0000000' },
  found: { at: '2026-11-21T10:00:00Z', status: 'restoring' },
  state: { status: 'under-way' },
  deliveries: {},
  history: [{ event: 'shadow-found' }],
};
const deed: Deed = { at: 0, who: 'U0REQ0', what: 'request', mark: 'mark-of-nothing', told: 'done', words: '' };
const suspects = { records, sideRecords: [shadow], deeds: [deed] };
const broken = { promise: 'nothing lost', words: '' } as const;

describe('what the printout shows of a broken promise', () => {
  it('is the record it names, also one of a restore in the console', () => {
    const found = culpritsAmong(
      [
        { ...broken, restoreId: 'R-2' },
        { ...broken, restoreId: 'X-1' },
      ],
      suspects,
    );
    expect(found.map(({ id, status }) => [id, status])).toEqual([
      ['R-2', 'completed'],
      ['X-1', 'under-way'],
    ]);
  });

  it('is what people did, where nothing of it is on record', () => {
    expect(culpritsAmong([{ ...broken, restoreId: 'mark-of-nothing' }], suspects)[0]?.deeds).toEqual([deed]);
  });

  it('is the restore before and after a call that belongs to none', () => {
    const sought = { at: Date.parse('2026-11-21T11:30:00Z'), auraId: 'c0000000' };
    expect(culpritsAmong([{ ...broken, restoreId: '', sought }], suspects).map(({ id }) => id)).toEqual(['R-2', 'R-3']);
  });
});
