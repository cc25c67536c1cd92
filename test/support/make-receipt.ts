import { known, sampled, unknown } from '../../src/restore/receipt/amount.ts';
import type { LossReceipt } from '../../src/restore/receipt/receipt.ts';

/** A receipt with something of every kind: 37 orders come back, five customers are lost. */
export function makeReceipt(facts: Partial<LossReceipt> & Pick<LossReceipt, 'lookedAt' | 'point'>): LossReceipt {
  return {
    source: { kind: 'on-the-way', takenAt: '2026-11-21T00:06:05.000Z', gapMinutes: 2 },
    counts: {
      kind: 'compared',
      totals: [
        { of: 'nodes', name: '', now: known(1168), before: known(1200) },
        { of: 'relationships', name: '', now: known(3400), before: known(3400) },
      ],
      lines: [
        { of: 'label', name: 'Order', now: known(963), before: known(1000) },
        { of: 'label', name: 'Customer', now: known(205), before: known(200) },
        { of: 'type', name: 'PLACED', now: known(7), before: { kind: 'estimated', value: 5 } },
      ],
      unnamed: 2,
      same: 4,
      isSchemaChanged: true,
    },
    lastWrite: { kind: 'seen', at: '2026-11-21T03:01:00.000Z', label: 'Order', property: 'updatedAt' },
    questions: [
      { name: 'Q-1', answer: known(42) },
      { name: 'Q-2', answer: sampled(0, 1000, 500_000) },
      { name: 'Q-3', answer: { kind: 'estimated', value: 7 } },
      { name: 'Q-4', answer: unknown('too-costly') },
    ],
    access: {
      users: {
        kind: 'compared',
        back: ['u-1'],
        gone: ['u-2', 'u-3'],
        changed: [{ name: 'u-4', now: 'reader', before: 'editor' }],
        unnamed: 0,
      },
      roles: { kind: 'unknown', because: 'not-offered' },
    },
    ...facts,
  };
}
