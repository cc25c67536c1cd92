import type { Logger } from 'pino';
import type { AuraClient } from '../aura/client.ts';
import type { Config } from '../config/config.ts';
import type { Instant } from '../restore/names.ts';
import type { SeenCheck } from '../restore/new-instance/preview-stage.ts';
import { accessUnknown } from '../restore/receipt/access.ts';
import type { UnknownBecause } from '../restore/receipt/amount.ts';
import { unknown } from '../restore/receipt/amount.ts';
import type { LiveLook, QuestionLine } from '../restore/receipt/receipt.ts';
import type { TakeLightFingerprint } from '../steps/fingerprint-snapshots.ts';
import type { LookAtLive } from '../steps/look-at-loss.ts';
import type { LookAtSource } from '../steps/see-origin.ts';
import { lookAtAccess } from './access.ts';
import { unknownBecause, withinTime } from './budgeted.ts';
import { type CheckDefinition, readCheck } from './check-definition.ts';
import { takeFingerprint } from './fingerprint.ts';
import { lookForLastWrite } from './last-write.ts';
import { askLossQuestion } from './loss-question.ts';
import { troubleWith } from './neo4j-errors.ts';
import { type LossQuestion, readLossQuestion } from './question-definition.ts';
import { createAskSparingly } from './refused-logins.ts';
import { runCheck } from './run-check.ts';
import { type Ask, withGraph } from './session.ts';
import { createTargets } from './targets.ts';

/** For a fingerprint on the way, which asks the count store alone. */
const FINGERPRINT_MS = 20_000;

/** The looks at live data that a loss receipt is made of: one for each snapshot, and those until a restore begins. */
export function createLossLooks(parts: {
  readonly config: Pick<Config, 'boltByAlias' | 'lossByAlias' | 'checksByAlias'>;
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly log: Logger;
  /** A clock that nobody can set, in milliseconds; absent: that of the process. */
  readonly steady?: () => number;
}): {
  readonly takeLightFingerprint: TakeLightFingerprint;
  readonly lookAtLive: LookAtLive;
  readonly lookAtSource: LookAtSource;
} {
  const { config, log } = parts;
  const targetOf = createTargets({ ...parts, priority: 'inventory' });
  const askSparingly = createAskSparingly(parts);
  /** A refusal of the credentials has its own line, once. */
  const levelOf = (error: unknown) => (troubleWith(error).kind === 'credentials' ? 'debug' : 'warn');
  const questionsOf = (alias: string) => (config.lossByAlias[alias]?.questions ?? []).flatMap(questionIn);

  return {
    async takeLightFingerprint(alias, auraId, takenAt) {
      try {
        const target = await targetOf(alias, auraId);
        if (!target) return undefined;
        return await askSparingly(alias, () =>
          withGraph(target, async (asking) => {
            const ask = withinTime(asking, FINGERPRINT_MS);
            const { fingerprint } = await takeFingerprint(ask, takenAt);
            return { fingerprint, access: await lookAtAccess(ask) };
          }),
        );
      } catch (error) {
        log[levelOf(error)]({ err: error, instance: alias }, 'fingerprint on the way could not be taken');
        return undefined;
      }
    },

    async lookAtSource({ alias, auraId, lookedAt }) {
      try {
        const target = await targetOf(alias, auraId);
        if (!target) return { kind: 'not-seen', because: 'no-credentials' };
        const { fingerprint } = await askSparingly(alias, () =>
          withGraph(target, (asking) => takeFingerprint(withinTime(asking, FINGERPRINT_MS), lookedAt)),
        );
        return { kind: 'seen', fingerprint };
      } catch (error) {
        log[levelOf(error)]({ err: error, instance: alias }, 'the source of an overwrite could not be counted');
        return { kind: 'not-seen', because: unknownBecause(error) };
      }
    },

    async lookAtLive(alias, { auraId, restorePointAt, lookedAt, asksChecks = false }) {
      const questions = questionsOf(alias);
      const budget = config.lossByAlias[alias];
      try {
        const target = await targetOf(alias, auraId);
        if (!target || !budget) return nothingSeen(lookedAt, questions, 'no-credentials');
        return await askSparingly(alias, () =>
          withGraph(target, (asking) =>
            lookWithin(withinTime(asking, budget.timeMs), {
              lookedAt,
              restorePointAt,
              rows: budget.rows,
              questions,
              asksChecks,
              checks: (config.checksByAlias[alias] ?? []).flatMap(checkIn),
            }),
          ),
        );
      } catch (error) {
        log[levelOf(error)]({ err: error, instance: alias }, 'live data could not be looked at for the loss receipt');
        return nothingSeen(lookedAt, questions, unknownBecause(error));
      }
    },
  };
}

interface LookFor {
  readonly lookedAt: Instant;
  readonly restorePointAt: Instant;
  readonly rows: number;
  readonly questions: readonly LossQuestion[];
  readonly checks: readonly CheckDefinition[];
  readonly asksChecks: boolean;
}

async function lookWithin(ask: Ask, { lookedAt, questions, checks, asksChecks, ...point }: LookFor): Promise<LiveLook> {
  const { fingerprint, schema } = await takeFingerprint(ask, lookedAt);
  const access = await lookAtAccess(ask);
  const lastWrite = await lookForLastWrite(ask, checks, point);
  const answers: QuestionLine[] = [];
  for (const one of questions) answers.push({ name: one.name, answer: await askLossQuestion(ask, one, point) });
  const live = { lookedAt, counts: { kind: 'seen', fingerprint }, access, lastWrite, questions: answers } as const;
  if (!asksChecks) return live;
  const results: SeenCheck[] = [];
  // How old the newest data is tells nothing here: of live data the restore point is no measure.
  for (const check of checks.filter((one) => !('freshness' in one))) {
    const { name, status } = await runCheck(ask, check, { schema });
    results.push({ name, status });
  }
  return { ...live, checks: { at: lookedAt, results } };
}

function nothingSeen(lookedAt: Instant, questions: readonly LossQuestion[], because: UnknownBecause): LiveLook {
  return {
    lookedAt,
    counts: { kind: 'not-seen', because },
    access: accessUnknown(because),
    lastWrite: { kind: 'unknown', because },
    questions: questions.map(({ name }) => ({ name, answer: unknown(because) })),
  };
}

function questionIn(value: unknown): readonly LossQuestion[] {
  const read = readLossQuestion(value);
  return 'question' in read ? [read.question] : [];
}

function checkIn(value: unknown): readonly CheckDefinition[] {
  const read = readCheck(value);
  return 'check' in read ? [read.check] : [];
}
