import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AuraClient } from '../aura/client.ts';
import type { SeenClocks } from '../clocks.ts';
import type { Config } from '../config/config.ts';
import type { OnCall } from '../on-call/on-call.ts';
import type { Instant } from '../restore/names.ts';
import type { Policy } from '../restore/policy.ts';
import type { DailyAnchorRecord } from '../store/daily-anchor-record.ts';
import { createAddressesCheck } from './addresses-check.ts';
import { createAnchorsCheck } from './anchors-check.ts';
import { createAuraCheck } from './aura-check.ts';
import { createChannelsCheck } from './channels-check.ts';
import { clockFindings } from './clocks-check.ts';
import type { Finding } from './finding.ts';
import { createGroupsCheck } from './groups-check.ts';
import { namedChannels, namedGroups, namedNow } from './named.ts';
import { createOnCallCheck } from './on-call-check.ts';
import { createRedisCheck } from './redis-check.ts';
import { createSlackCheck } from './slack-check.ts';
import { createStartChecks, type StartChecks } from './start-checks.ts';

/** Every check of the bot's surroundings, with what it needs. Nothing has been looked at yet. */
export function createAllChecks(parts: {
  readonly config: Pick<Config, 'slack' | 'aura' | 'policy' | 'onCall'>;
  /** The rules in force, which may be others than those of the file. */
  readonly inForce: () => Policy;
  readonly redis: Parameters<typeof createRedisCheck>[0];
  readonly slack: WebClient;
  /** The moment by the clock of Redis. */
  readonly now: () => Promise<Instant>;
  readonly anchors: Pick<DailyAnchorRecord, 'behind' | 'unfinished'>;
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
  const channels = () => namedNow(namedChannels, policy, parts.inForce());
  const groups = () => namedNow(namedGroups, policy, parts.inForce());
  return createStartChecks({
    checks: [
      createRedisCheck(parts.redis),
      createSlackCheck(slack),
      createChannelsCheck({ client: slack, channels, botName: parts.botName }),
      createAnchorsCheck({ ...parts.anchors, channels, now: parts.now }),
      createGroupsCheck({ client: slack, groups }),
      createAuraCheck({ aura: parts.aura, instances: policy.instances }),
      createOnCallCheck({ onCall: parts.onCall, aliases: parts.config.onCall.schedules.keys() }),
      createAddressesCheck(parts.config),
    ],
    conclude: () => clockFindings(parts.clocks),
    log,
    onFound,
  });
}
