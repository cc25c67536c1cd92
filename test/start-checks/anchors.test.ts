import { expect, it } from 'vitest';
import { createAnchorsCheck } from '../../src/start-checks/anchors-check.ts';
import { namedChannels } from '../../src/start-checks/named.ts';
import { makePolicy, NOW } from '../support/make-restore.ts';

const channels = () => namedChannels({ instances: [makePolicy({ alias: 'orders-prod' })], samePeople: [] });
const found = async (behind: () => Promise<ReadonlyMap<string, string>>) =>
  createAnchorsCheck({ behind, channels, unfinished: async () => undefined, now: async () => NOW }).find();

it('a channel that did not take its daily anchor is named, with what to do', async () => {
  expect(await found(async () => new Map([['C0AUDIT', '0-0']]))).toEqual([
    {
      about: 'anchors',
      weight: 'fault',
      words: expect.stringMatching(
        /daily anchor for channel C0AUDIT \(audit_channel of orders-prod\).*put the bot into/,
      ),
    },
  ]);
});

it('nothing is found when none is behind, when its channel is named no more, and when Redis is away', async () => {
  expect(await found(async () => new Map())).toEqual([]);
  expect(await found(async () => new Map([['C0OLD', '0-0']]))).toEqual([]);
  expect(await found(() => Promise.reject(new Error('away')))).toEqual([]);
});

it('an anchor that was begun and is not posted when the day after its own is over is named; an earlier one may still come', async () => {
  const at = (now: string) =>
    createAnchorsCheck({
      behind: async () => new Map(),
      channels,
      unfinished: async () => '2026-11-20',
      now: async () => now,
    }).find();
  expect(await at('2026-11-21T23:59:59.000Z')).toEqual([]);
  expect(await at('2026-11-22T00:00:00.000Z')).toEqual([
    {
      about: 'anchors',
      weight: 'fault',
      words: expect.stringContaining('The daily anchor of 2026-11-20 is still not posted'),
    },
  ]);
});
