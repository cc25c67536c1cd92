import { SETTINGS_HIDDEN } from '../store/redis.ts';
import type { Finding, StartCheck } from './finding.ts';

/** Whether Redis answers, and keeps what it is given. */
export function createRedisCheck(parts: {
  /** Rejects when Redis is away. */
  readonly settingProblems: () => Promise<readonly string[]>;
  /** Has the clock of Redis looked at, for the comparison that follows. */
  readonly readClock: () => Promise<unknown>;
}): StartCheck {
  const find = async () => {
    await parts.readClock();
    const problems = await parts.settingProblems();
    return problems.map(
      (problem): Finding =>
        problem === SETTINGS_HIDDEN
          ? { about: 'redis', weight: 'doubt', words: `${problem}.` }
          : { about: 'redis', weight: 'fault', words: `Redis may lose records: ${problem}.` },
    );
  };
  return {
    about: 'redis',
    find: () => find().catch((): readonly Finding[] => [REDIS_AWAY]),
  };
}

const REDIS_AWAY: Finding = {
  about: 'redis',
  weight: 'stops-decisions',
  words: 'Redis does not answer: see whether it runs and REDIS_URL is right. Nothing can be recorded meanwhile.',
};

/** Why the bot does not start on this Redis; undefined when it may. Settings that Redis hides are no reason. */
export function unsafeRedisRefusal(problems: readonly string[], isAllowed: boolean): string | undefined {
  const unsafe = problems.filter((problem) => problem !== SETTINGS_HIDDEN);
  if (unsafe.length === 0 || isAllowed) return undefined;
  return `Redis may lose records, so nothing was started:\n${unsafe.map((problem) => `  ${problem}`).join('\n')}\nOnly for development: set "redis: { allow_unsafe: true }" in the configuration file.`;
}
