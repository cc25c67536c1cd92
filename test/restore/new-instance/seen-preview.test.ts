import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import type { PreviewStage } from '../../../src/restore/new-instance/preview-stage.ts';
import { previewWord } from '../../../src/restore/new-instance/seen-preview.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { transition } from '../../../src/restore/transition.ts';
import { parseRestore } from '../../../src/store/restore-schema.ts';
import { exampleEvent } from '../../support/example-events.ts';
import { followedBy, makeRestore, NOW, SNAPSHOT } from '../../support/make-restore.ts';
import { askedForNew, TO_MAKE } from '../../support/new-instance-messages.ts';

const steps = (restore: Restore, ...types: readonly Parameters<typeof exampleEvent>[0][]) =>
  types.reduce((before, type) => followedBy(before, exampleEvent(type, before)), restore);
const preview = askedForNew({}, {}, { ...TO_MAKE, previewOf: 'R-16' });
const agreed = steps(preview, 'approved');
const verifying = steps(
  agreed,
  'preflight-passed',
  'restore-intended',
  'restore-accepted',
  'running-seen',
  'restore-finished',
);
const verified = (facts: Partial<Extract<Restore['validation'], { results: unknown }>>) => {
  const event = exampleEvent('verification-finished', verifying);
  const { fingerprint: _, ...uncounted } = event.validation;
  return followedBy(verifying, { ...event, validation: { ...uncounted, ...facts } });
};
const made = (password: 'handed-over' | 'unknown') => ({
  auraId: '0000aaaa',
  name: 'rb-R-17-x',
  removeAt: NOW,
  password,
});
const stage = (restore: Restore) => previewWord(restore)?.word.stage;

describe('what a request hears of its preview', () => {
  it('is nothing of what is nobody’s preview', () => {
    expect(previewWord(askedForNew())).toBeUndefined();
    expect(previewWord(makeRestore('completed'))).toBeUndefined();
  });

  it('says of which snapshot it is, and for whom', () => {
    expect(previewWord(preview)).toEqual({
      of: 'R-16',
      word: { by: preview.id, snapshotId: SNAPSHOT.snapshotId, stage: { kind: 'asked' } },
    });
  });

  it.each<readonly [string, Restore, PreviewStage]>([
    ['agreed to', agreed, { kind: 'being-made' }],
    ['being checked', verifying, { kind: 'being-made' }],
    ['denied', steps(preview, 'denied'), { kind: 'not-counted', because: 'not-agreed' }],
    ['expired', steps(preview, 'request-expired'), { kind: 'not-counted', because: 'not-agreed' }],
    ['withdrawn', steps(preview, 'withdrawn'), { kind: 'not-counted', because: 'stopped' }],
    ['cancelled', steps(agreed, 'cancelled'), { kind: 'not-counted', because: 'stopped' }],
    ['failed', steps(agreed, 'step-failed'), { kind: 'not-counted', because: 'not-made' }],
    [
      'not checked, as its holder is gone',
      { ...verified({ status: 'not-run', results: [] }), made: made('handed-over') },
      { kind: 'not-counted', because: 'holder-gone' },
    ],
    [
      'not checked, as nobody has its password',
      { ...verified({ status: 'not-run', results: [] }), made: made('unknown') },
      { kind: 'not-counted', because: 'password-lost' },
    ],
    ['not reached', verified({ status: 'error' }), { kind: 'not-counted', because: 'no-answer' }],
  ])('%s', (_, restore, expected) => {
    expect(stage(restore)).toEqual(expected);
  });

  it('says how each check came out, also of a preview whose checks failed', () => {
    const { validation } = exampleEvent('verification-finished', verifying);
    const results = [
      { name: 'not empty', severity: 'error', status: 'pass', words: '3 nodes' },
      { name: 'orders', severity: 'error', status: 'fail', words: '1, but expected at least 2' },
    ] as const;
    expect(stage(verified({ ...validation, status: 'failed', results }))).toEqual({
      kind: 'counted',
      checks: [
        { name: 'not empty', status: 'pass' },
        { name: 'orders', status: 'fail' },
      ],
    });
  });
});

describe('the record of a request', () => {
  const open = makeRestore('awaiting-approval', { policy: { receipt: { refreshMinutes: 5 } } });
  const seen = (kind: 'asked' | 'being-made', minutes: number) =>
    ({
      type: 'preview-seen',
      at: addMinutes(NOW, minutes),
      preview: 'R-98',
      snapshotId: SNAPSHOT.snapshotId,
      stage: { kind },
    }) as const;
  const counted = {
    type: 'preview-counted',
    at: addMinutes(NOW, 9),
    preview: 'R-98',
    counted: { snapshotId: SNAPSHOT.snapshotId, stage: { kind: 'counted', checks: [{ name: 'A', status: 'fail' }] } },
  } as const;

  it('keeps the latest word of each preview, once, and is read as it was written', () => {
    const asked = followedBy(open, seen('asked', 1));
    expect(transition(asked, seen('asked', 2)).kind).toBe('refused');
    const making = followedBy(asked, seen('being-made', 3));
    expect(making.previews).toEqual([
      { by: 'R-98', at: addMinutes(NOW, 3), snapshotId: SNAPSHOT.snapshotId, stage: { kind: 'being-made' } },
    ]);
    const done = followedBy(making, counted);
    expect(done.previews).toHaveLength(1);
    expect(done.previewed).toEqual({ by: 'R-98', at: counted.at });
    expect(done.history.at(-1)?.facts).toEqual({ preview: 'R-98', checks: 'A: fail' });
    expect(parseRestore(JSON.stringify(done))).toEqual(done);
    expect(transition(done, seen('being-made', 11)).kind, 'what was counted stays counted').toBe('refused');
    expect(transition(done, counted).kind).toBe('refused');
  });

  it('hears of previews while people decide and while it waits for its start, and not once its run has begun', () => {
    const approved = followedBy(open, exampleEvent('approved', open));
    expect(transition(approved, seen('asked', 5)).kind).toBe('changed');
    expect(transition(makeRestore('restoring'), seen('asked', 5)).kind).toBe('refused');
  });

  it('changes no vote, no plan and no turn by them', () => {
    const { state, planHash, turn } = open;
    expect(followedBy(followedBy(open, seen('asked', 1)), counted)).toMatchObject({ state, planHash, turn });
  });
});
