import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import type { SimUser } from '../../playground/slack/workspace.ts';
import { KEY } from '../../src/store/keys.ts';
import { startTestStore, type TestStore } from './store.ts';

/**
 * What tests of posted messages stand on: a Redis for the whole file, emptied before each test, and for each test a Slack
 * workspace of its own. Both are there inside tests and hooks only.
 */
export function usePosting(workspace: {
  readonly channels: readonly string[];
  readonly users?: readonly SimUser[];
  /** Absent: what it takes to post in channels once. */
  readonly scopes?: readonly string[];
}) {
  let test: TestStore;
  let slack: SlackSimulator;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    await test.clear();
    slack = await startSlackSimulator({
      workspace: {
        team: { id: 'T1', name: 'T', domain: 't' },
        users: [...(workspace.users ?? [])],
        channels: workspace.channels.map((id) => ({ id, name: id.toLowerCase(), botIsMember: true })),
        groups: [],
      },
      scopes: workspace.scopes ?? ['chat:write', 'channels:history'],
    });
  });
  afterEach(() => slack.close());

  return {
    get test(): TestStore {
      return test;
    },
    get slack(): SlackSimulator {
      return slack;
    },
    /** As when the time has passed after which a post that a dead worker began may be begun by another. */
    async leasesRunOut(): Promise<void> {
      for (const key of await test.redis.keys(KEY.sending('*'))) {
        const leases = (await test.redis.hkeys(key)).filter((field) => field.endsWith(' until'));
        if (leases.length > 0) await test.redis.hdel(key, ...leases);
      }
    },
  };
}
