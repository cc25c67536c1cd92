import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import { isAtRest, owedShadowMessages, placesOfShadow } from '../../../src/restore/shadow/owed.ts';
import { newShadowRestore, type ShadowRestore } from '../../../src/restore/shadow/shadow-restore.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';

const POLICY = makePolicy({
  auditChannel: 'C0AUDIT',
  noticeChannels: ['C0ORDERS', 'C0AUDIT'],
  stakeholders: { users: ['U7', 'U8'], groups: [] },
});
const found = (facts: Partial<ShadowRestore> = {}): ShadowRestore => ({
  ...newShadowRestore('X-3', POLICY, { status: 'restoring', at: NOW }, false),
  ...facts,
});
const OVER = { status: 'running-again', at: addMinutes(NOW, 5) } as const;
const ASKED = { by: 'U1', askedAt: addMinutes(NOW, 6) };
const VERIFIED = {
  ...ASKED,
  outcome: { status: 'passed', at: addMinutes(NOW, 7), words: '3 of 3', results: [] },
} as const;
const ANNOUNCED = { by: 'U1', at: addMinutes(NOW, 8) };
const said = (...keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, { status: 'posted', channel: 'C', ts: '1.1', at: NOW } as const]));
const FOUND_SAID = said('found:C0AUDIT', 'found:C0ORDERS');
const ENDED_SAID = said('ended:C0AUDIT', 'ended:C0ORDERS');
const keys = (record: ShadowRestore) => owedShadowMessages(record).map(({ key }) => key);

describe('what a shadow restore has people hear', () => {
  it('is said in the audit channel first, and in each channel once', () => {
    expect(placesOfShadow(found())).toEqual(['C0AUDIT', 'C0ORDERS']);
    expect(owedShadowMessages(found())).toStrictEqual([
      { key: 'found:C0AUDIT', kind: 'found', to: 'C0AUDIT' },
      { key: 'found:C0ORDERS', kind: 'found', to: 'C0ORDERS' },
    ]);
  });

  it('is said in the order in which it came about, and its end and its look under what was found', () => {
    const all = found({ state: OVER, verification: VERIFIED, announced: ANNOUNCED });
    expect(owedShadowMessages(all).slice(2)).toStrictEqual([
      { key: 'ended:C0AUDIT', kind: 'ended', to: 'C0AUDIT', under: 'found:C0AUDIT' },
      { key: 'ended:C0ORDERS', kind: 'ended', to: 'C0ORDERS', under: 'found:C0ORDERS' },
      { key: `verified:${ASKED.askedAt}`, kind: 'verified', to: 'C0AUDIT', under: 'found:C0AUDIT' },
      { key: 'announced:C0ORDERS', kind: 'announced', to: 'C0ORDERS' },
      { key: 'announced:C0AUDIT', kind: 'announced', to: 'C0AUDIT' },
      { key: 'announced:U7', kind: 'announced', to: 'U7' },
      { key: 'announced:U8', kind: 'announced', to: 'U8' },
    ]);
  });

  it('is told once to a person who is a channel of the notices as well', () => {
    const { terms } = found();
    const twice = found({ terms: { ...terms, people: ['U7', 'C0ORDERS'] }, announced: ANNOUNCED });
    expect(keys(twice).filter((key) => key.startsWith('announced'))).toEqual([
      'announced:C0ORDERS',
      'announced:C0AUDIT',
      'announced:U7',
    ]);
  });

  it('is no end while it is under way, no look while the data is looked at, nor an end of what had ended when it was found', () => {
    expect(keys(found({ verification: ASKED }))).toEqual(['found:C0AUDIT', 'found:C0ORDERS']);
    const failed = newShadowRestore('X-4', POLICY, { status: 'loading failed', at: NOW }, true);
    expect(keys(failed)).toEqual(['found:C0AUDIT', 'found:C0ORDERS']);
  });

  it('is said of each look at the data anew', () => {
    const first = found({
      deliveries: { ...FOUND_SAID, ...said(`verified:${ASKED.askedAt}`) },
      verification: VERIFIED,
    });
    expect(keys(first)).toEqual([]);
    const askedAt = addMinutes(NOW, 20);
    expect(keys({ ...first, verification: { ...VERIFIED, askedAt } })).toEqual([`verified:${askedAt}`]);
  });
});

describe('a shadow restore is at rest', () => {
  it.each<[string, Partial<ShadowRestore>, boolean]>([
    ['when it is over and all is said', { state: OVER, deliveries: { ...FOUND_SAID, ...ENDED_SAID } }, true],
    ['not while it is under way', { deliveries: FOUND_SAID }, false],
    ['not while its end is to be said', { state: OVER, deliveries: FOUND_SAID }, false],
    [
      'not while its data is looked at',
      { state: OVER, deliveries: { ...FOUND_SAID, ...ENDED_SAID }, verification: ASKED },
      false,
    ],
    [
      'not while what the look came to is to be said',
      { state: OVER, deliveries: { ...FOUND_SAID, ...ENDED_SAID }, verification: VERIFIED },
      false,
    ],
    [
      'when that is said too',
      {
        state: OVER,
        deliveries: { ...FOUND_SAID, ...ENDED_SAID, ...said(`verified:${ASKED.askedAt}`) },
        verification: VERIFIED,
      },
      true,
    ],
  ])('%s', (_, facts, isResting) => {
    expect(isAtRest(found(facts))).toBe(isResting);
  });
});
