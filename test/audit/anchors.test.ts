import { describe, expect, it } from 'vitest';
import { dailyAnchors, restoreAnchor } from '../../messages/anchor.ts';
import { validateMessage } from '../../playground/slack/block-kit-rules.ts';
import { readAnchors } from '../../src/audit/anchors.ts';
import { headOf } from '../../src/restore/history.ts';
import { makeRestore, STATUSES } from '../support/make-restore.ts';

const head = headOf(makeRestore('completed', { policy: { alias: 'orders-prod' } }));
const many = Array.from({ length: 130 }, (_, index) =>
  headOf(makeRestore(STATUSES[index % STATUSES.length] ?? 'denied', { id: `R-${index + 1}` })),
);
const daily = dailyAnchors('2026-11-21', many);

describe('the anchor of a restore', () => {
  it('says which entries it is over', () => {
    expect(restoreAnchor(head).text).toBe(
      `Audit anchor for R-17 (orders-prod): 13 entries up to 2026-11-21T03:16:05.000Z, head sha256 ${head.hash}. Keep this message: it shows later whether the record was changed.`,
    );
  });

  it('is found in text that was copied, among other things', () => {
    const text = `restore bot APP  4:15 AM\n${restoreAnchor(head).text}\n\nAnton: thanks`;
    expect(readAnchors(text)).toEqual({ kind: 'anchors', anchors: [head] });
  });

  it('is found once in what Slack exports as JSON', () => {
    const json = JSON.stringify([
      { type: 'message', ...restoreAnchor(head) },
      { type: 'message', text: 'thanks' },
    ]);
    expect(readAnchors(json)).toEqual({ kind: 'anchors', anchors: [head] });
  });
});

describe('the daily anchor', () => {
  it('says every head, in as many messages as Slack’s limits need', () => {
    expect(daily.length).toBeGreaterThan(2);
    for (const message of [...daily, restoreAnchor(head)]) expect(validateMessage(message)).toEqual([]);
    expect(readAnchors(daily.map(({ text }) => text).join('\n'))).toEqual({ kind: 'anchors', anchors: many });
    expect(readAnchors(JSON.stringify(daily))).toEqual({ kind: 'anchors', anchors: many });
  });

  it('is nothing when nothing changed', () => {
    expect(dailyAnchors('2026-11-21', [])).toEqual([]);
  });

  it('must be whole: a line that is gone or altered is noticed by its digest', () => {
    const lines = daily[0]?.text.split('\n') ?? [];
    expect(readAnchors(lines.toSpliced(3, 1).join('\n'))).toMatchObject({ kind: 'unreadable' });
    const altered = lines.with(
      3,
      (lines[3] ?? '').replace(/sha256 ./, 'sha256 0').replace(/sha256 0([0-9a-f]{62})./, 'sha256 0$10'),
    );
    expect(readAnchors(altered.join('\n'))).toMatchObject({
      kind: 'unreadable',
      why: expect.stringContaining('2026-11-21'),
    });
  });
});

it('text without an anchor is not taken for one', () => {
  expect(readAnchors('Audit anchor for R-17: lost')).toMatchObject({ kind: 'unreadable' });
});
