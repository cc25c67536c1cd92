import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AuraClient } from '../aura/client.ts';
import type { SeenClocks } from '../clocks.ts';
import type { Config } from '../config/config.ts';
import type { OnCall } from '../on-call/on-call.ts';
import { createAddressesCheck } from './addresses-check.ts';
import { createAnchorsCheck } from './anchors-check.ts';
import { createAuraCheck } from './aura-check.ts';
import { createChannelsCheck } from './channels-check.ts';
import { clockFindings } from './clocks-check.ts';
import type { Finding } from './finding.ts';
import { createGroupsCheck } from './groups-check.ts';
import { namedChannels, namedGroups } from './named.ts';
import { createOnCallCheck } from './on-call-check.ts';
import { createRedisCheck } from './redis-check.ts';
import { createSlackCheck } from './slack-check.ts';
import { createStartChecks, type StartChecks } from './start-checks.ts';

/** Every check of the bot's surroundings, with what it needs. Nothing has been looked at yet. */
export function createAllChecks(parts: {
  readonly config: Pick<Config, 'slack' | 'aura' | 'policy' | 'onCall'>;
  readonly redis: Parameters<typeof createRedisCheck>[0];
  readonly slack: WebClient;
  /** Channels that lack daily anchors. */
  readonly anchorsBehind: () => Promise<ReadonlyMap<string, unknown>>;
  readonly botName: () => string;
  readonly aura: Pick<AuraClient, 'listInstanceIds'>;
  /** Asked by this check only: a click has its own answers. */
  readonly onCall: OnCall;
  readonly clocks: Pick<SeenClocks, 'known'>;
  readonly log: Logger;
  readonly onFound: (findings: readonly Finding[]) => void;
}): StartChecks {
  const { slack, log, onFound } = parts;
  const { policy } = parts.config;
  return createStartChecks({
    checks: [
      createRedisCheck(parts.redis),
      createSlackCheck(slack),
      createChannelsCheck({ client: slack, channels: namedChannels(policy), botName: parts.botName }),
      createAnchorsCheck({ behind: parts.anchorsBehind, channels: namedChannels(policy) }),
      createGroupsCheck({ client: slack, groups: namedGroups(policy) }),
      createAuraCheck({ aura: parts.aura, instances: policy.instances }),
      createOnCallCheck({ onCall: parts.onCall, aliases: parts.config.onCall.schedules.keys() }),
      createAddressesCheck(parts.config),
    ],
    conclude: () => clockFindings(parts.clocks),
    log,
    onFound,
  });
}
