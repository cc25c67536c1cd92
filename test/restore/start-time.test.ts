import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { executionExpiryOf, isLateNews, startTimeOf } from '../../src/restore/start-time.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';

const asked = makeRestore('awaiting-approval');
const planned = (minutes: number) => ({
  ...asked,
  plan: { ...asked.plan, start: { kind: 'at', at: addMinutes(NOW, minutes) } as const },
});

describe('the start', () => {
  it.each([
    ['when confirmed comes after the notice lead', asked, 15],
    ['that is planned for later comes then', planned(40), 40],
    ['that is planned for the end of the notice lead comes then', planned(15), 15],
    ['that is planned for sooner comes after the notice lead all the same', planned(14), 15],
  ])('%s', (_, restore, minutes) => {
    expect(startTimeOf(restore, NOW)).toBe(addMinutes(NOW, minutes));
    expect(executionExpiryOf(restore, NOW)).toBe(addMinutes(NOW, minutes + 30));
  });

  it('is late news from two minutes after it on', () => {
    expect(isLateNews(NOW, addMinutes(NOW, 2))).toBe(false);
    expect(isLateNews(NOW, addMinutes(NOW, 2.1))).toBe(true);
  });
});
