import { expect, it } from 'vitest';
import { createAnchorsCheck } from '../../src/start-checks/anchors-check.ts';
import { namedChannels } from '../../src/start-checks/named.ts';
import { makePolicy } from '../support/make-restore.ts';

const channels = namedChannels({ instances: [makePolicy({ alias: 'orders-prod' })], samePeople: [] });
const found = async (behind: () => Promise<ReadonlyMap<string, string>>) =>
  createAnchorsCheck({ behind, channels }).find();

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
