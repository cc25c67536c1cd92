import { expect, it } from 'vitest';
import { restoreCard } from '../../messages/restore-card.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { pointId } from '../../src/restore/receipt/receipt.ts';
import { exampleEvent } from '../support/example-events.ts';
import { makeReceipt } from '../support/make-receipt.ts';
import { followedBy, makeRestore, NOW } from '../support/make-restore.ts';

const asked = makeRestore('awaiting-approval', { policy: { receipt: { refreshMinutes: 5 } } });
const approved = followedBy(asked, exampleEvent('approved', asked));
const card = (restore: typeof approved) => JSON.stringify(restoreCard(restore, addMinutes(NOW, 12)).blocks);

it('the card of a restore that waits for its start says what would be lost, and when that was counted', () => {
  expect(card(approved)).not.toContain('What would be lost from the data');
  const lookedAt = addMinutes(NOW, 10);
  const receipt = makeReceipt({ lookedAt, point: pointId(approved.plan.restorePoint) });
  const looked = followedBy(approved, { type: 'loss-looked', at: lookedAt, receipt });
  expect(card(looked)).toMatch(/What would be lost from the data.*Looked at .*03:1\d/);
  expect(card(followedBy(looked, exampleEvent('preflight-passed', looked)))).not.toContain(
    'What would be lost from the data',
  );
});
