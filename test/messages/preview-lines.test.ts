import { describe, expect, it } from 'vitest';
import { previewLines } from '../../messages/preview-lines.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { ENGLISH } from '../../messages/words/words.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { PreviewStage } from '../../src/restore/new-instance/preview-stage.ts';
import { pointId } from '../../src/restore/receipt/receipt.ts';
import { makeReceipt } from '../support/make-receipt.ts';
import { makeRestore, NOW, SNAPSHOT } from '../support/make-restore.ts';

const open = makeRestore('awaiting-approval', { policy: { receipt: { refreshMinutes: 5 } } });
const withStage = (stage: PreviewStage, snapshotId = SNAPSHOT.snapshotId) => ({
  ...open,
  previewed: { by: 'R-98', at: NOW },
  previews: [{ by: 'R-98', at: NOW, snapshotId, stage }],
});
const lines = (restore: typeof open) => previewLines(restore, ENGLISH);
const CHECKS = [
  { name: 'not empty', status: 'pass' },
  { name: 'indexes online', status: 'pass' },
  { name: 'orders', status: 'pass' },
  { name: 'prices', status: 'fail' },
] as const;
const COUNTED = withStage({ kind: 'counted', checks: CHECKS });

describe('the card of a previewed request', () => {
  it('says how far its preview has come, and what the checks in it found', () => {
    expect(lines(withStage({ kind: 'asked' }))[0]).toContain('*Preview R-98:* asked for, waits for agreement');
    expect(lines(withStage({ kind: 'being-made' }))[0]).toContain('its instance is being made');
    expect(lines(COUNTED)[0]).toMatch(/^\*Preview R-98:\* counted .*Checks in it: 3 of 4 passed; .*prices.* failed\.$/);
    expect(JSON.stringify(restoreCard(COUNTED, NOW).blocks)).toContain('Checks in it: 3 of 4 passed');
  });

  it('says why it could not be counted, and what to do when its password went with a worker', () => {
    const [line] = lines(withStage({ kind: 'not-counted', because: 'holder-gone' }));
    expect(line).toContain('could not be counted, because the worker');
    expect(line).toContain('new_instances.password_directory');
  });

  it('says nothing of a preview of another restore point, nor of records of earlier releases', () => {
    expect(lines(withStage({ kind: 'asked' }, 'another'))).toEqual([]);
    expect(lines({ ...open, previewed: { by: 'R-98', at: NOW } })).toEqual([]);
  });

  it('says where the live database came out differently', () => {
    const at = addMinutes(NOW, 1);
    const live = (results: readonly { name: string; status: 'pass' | 'fail' }[]) =>
      lines({
        ...COUNTED,
        lossReceipt: makeReceipt({ lookedAt: at, point: pointId(open.plan.restorePoint), checks: { at, results } }),
      });
    const same = live([
      { name: 'orders', status: 'pass' },
      { name: 'prices', status: 'fail' },
    ]);
    expect(same[1]).toContain('the same results');
    const different = live([
      { name: 'orders', status: 'fail' },
      { name: 'prices', status: 'fail' },
    ]);
    expect(different[1]).toMatch(/different there: .*orders.* passed in the preview and failed in the live database\./);
    expect(different[1]).not.toContain('prices');
    expect(live([{ name: 'of the live one alone', status: 'pass' }])).toHaveLength(1);
  });
});
