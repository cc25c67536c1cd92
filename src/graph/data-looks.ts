import type { Logger } from 'pino';
import type { AuraClient } from '../aura/client.ts';
import type { Config } from '../config/config.ts';
import type { Instant } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import type { Baseline, CheckResult, Fingerprint, ValidationOutcome } from '../restore/validation.ts';
import type { LookAtShadowedData } from '../shadow/shadow-follower.ts';
import type { TakeFingerprint } from '../steps/take-baseline.ts';
import type { LookAtData } from '../steps/verify.ts';
import { lookAtAccess } from './access.ts';
import { accessDifferences } from './access-differences.ts';
import { type CheckDefinition, readCheck } from './check-definition.ts';
import { type SchemaLook, takeFingerprint } from './fingerprint.ts';
import { troubleWith } from './neo4j-errors.ts';
import { passwordHint, UNKNOWN_PASSWORD } from './password-hint.ts';
import { runCheck } from './run-check.ts';
import { type GraphTarget, withGraph } from './session.ts';
import { createTargets } from './targets.ts';

const NO_CREDENTIALS = 'no Bolt credentials are configured for this instance';
const NO_WAY_IN = { kind: 'no-way-in', why: 'nothing here can log in to new instances' } as const;

type TakenBaseline = Extract<Baseline, { kind: 'taken' }>;

/** Why a new instance cannot be reached, in words. */
interface NoWayIn {
  readonly kind: 'no-way-in';
  readonly why: string;
}
/** How to reach the new instance of a restore; `held-elsewhere` when another process alone can, and does. */
export type ReachNew = (restore: Restore) => Promise<GraphTarget | NoWayIn | { readonly kind: 'held-elsewhere' }>;

/** What is known of the data that is looked at. */
interface LookedAt {
  readonly alias: string;
  readonly auraId: string;
  /** Which record it is for, for the log. */
  readonly of: string;
  /** Absent: it is not known to which moment the data was put back. */
  readonly restorePointAt?: Instant;
  readonly baseline?: TakenBaseline;
  /** Which password it may be, should Neo4j refuse the configured one. */
  readonly passwordHint: string;
  /** How to reach it, where it is no configured instance. */
  readonly way?: GraphTarget | NoWayIn;
}

/**
 * The looks at an instance's data: before a restore for the record, after it for the verdict, and at data that somebody
 * put back outside the bot.
 */
export function createDataLooks(parts: {
  readonly config: Pick<Config, 'boltByAlias' | 'checksByAlias'>;
  readonly aura: Pick<AuraClient, 'getInstance'>;
  /** Absent: no new instances are made. */
  readonly reachNew?: ReachNew;
  readonly log: Logger;
}): {
  readonly takeFingerprint: TakeFingerprint;
  readonly lookAtData: LookAtData;
  readonly lookAtShadowedData: LookAtShadowedData;
} {
  const { config, aura, log } = parts;
  const checksByAlias = new Map(
    Object.entries(config.checksByAlias).map(([alias, checks]) => [alias, checks.flatMap(definitionOf)] as const),
  );

  const targetOf = createTargets({ config, aura, priority: 'reconcile' });

  async function look({
    alias,
    auraId,
    of,
    restorePointAt,
    baseline,
    way,
    ...about
  }: LookedAt): Promise<Exclude<Awaited<ReturnType<LookAtData>>, { kind: 'elsewhere' }>> {
    const checks = checksByAlias.get(alias) ?? [];
    try {
      const target = way ?? (await targetOf(alias, auraId));
      if (!target) return { kind: 'verified', outcome: notRun(checks, NO_CREDENTIALS) };
      if ('kind' in target) return { kind: 'verified', outcome: notRun(checks, target.why) };
      const results = await withGraph(target, async (ask) => {
        // A connection proves nothing about the database; only an answered query does.
        await ask('RETURN 1 AS value');
        const { fingerprint, schema } = await takeFingerprint(ask, new Date().toISOString());
        const access = baseline?.access ? accessDifferences(baseline.access, await lookAtAccess(ask)) : [];
        const own = ownChecks(baseline?.fingerprint, { fingerprint, schema, access });
        const asked: CheckResult[] = [];
        for (const check of checks) {
          asked.push(await runCheck(ask, check, { schema, ...(restorePointAt ? { restorePointAt } : {}) }));
        }
        return { fingerprint, results: [...own, ...asked] };
      });
      return { kind: 'verified', outcome: { ...results, ...verdictOn(results.results) } };
    } catch (error) {
      const trouble = troubleWith(error);
      log.warn({ err: error, of, kind: trouble.kind }, 'data could not be looked at');
      if (trouble.kind === 'passing' || trouble.kind === 'timed-out') return { kind: 'not-yet', words: trouble.words };
      const words = trouble.kind === 'credentials' ? `${trouble.words} ${about.passwordHint}` : trouble.words;
      const unreachable: CheckResult = { name: 'connectivity', severity: 'error', status: 'error', words };
      return {
        kind: 'verified',
        outcome: {
          status: 'error',
          words,
          results: [unreachable, ...checks.map((check) => unasked(check, 'the database could not be asked'))],
        },
      };
    }
  }

  return {
    async takeFingerprint(alias, auraId): Promise<Baseline> {
      try {
        const target = await targetOf(alias, auraId);
        if (!target) return { kind: 'not-taken', why: NO_CREDENTIALS };
        return await withGraph(target, async (ask) => {
          const { fingerprint } = await takeFingerprint(ask, new Date().toISOString());
          return { kind: 'taken', fingerprint, access: await lookAtAccess(ask) };
        });
      } catch (error) {
        log.warn({ err: error, instance: alias }, 'baseline could not be taken');
        return { kind: 'not-taken', why: troubleWith(error).words };
      }
    },

    lookAtData: async (restore) => {
      const { plan, state } = restore;
      const { alias, auraId } = plan.instance;
      const baseline = 'baseline' in state && state.baseline?.kind === 'taken' ? state.baseline : undefined;
      const restorePointAt = plan.restorePoint.takenAt;
      const isNew = plan.method === 'new-instance';
      const way = isNew ? ((await parts.reachNew?.(restore)) ?? NO_WAY_IN) : undefined;
      if (way && 'kind' in way && way.kind === 'held-elsewhere') return { kind: 'elsewhere' };
      return look({
        alias,
        auraId,
        of: restore.id,
        restorePointAt,
        passwordHint: passwordHint(plan),
        ...(baseline ? { baseline } : {}),
        ...(way ? { way } : {}),
      });
    },

    lookAtShadowedData: ({ id, instance }) => look({ ...instance, of: id, passwordHint: UNKNOWN_PASSWORD }),
  };
}

/** The questions asked of every restored database, whatever is configured. */
function ownChecks(
  baseline: Fingerprint | undefined,
  {
    fingerprint,
    schema,
    access,
  }: { readonly fingerprint: Fingerprint; readonly schema: SchemaLook; readonly access: readonly string[] },
): readonly CheckResult[] {
  const isEmptied = fingerprint.nodes === 0 && (baseline?.nodes ?? 0) > 0;
  const results: CheckResult[] = [
    { name: 'connectivity', severity: 'error', status: 'pass', words: `answers as ${fingerprint.server}` },
    {
      name: 'indexes online',
      severity: 'error',
      status: schema.notOnline.length === 0 ? 'pass' : 'fail',
      words:
        schema.notOnline.length === 0
          ? `${schema.indexCount} ${schema.indexCount === 1 ? 'index' : 'indexes'}`
          : `not online: ${schema.notOnline.join(', ')}`,
    },
    {
      name: 'not empty',
      severity: 'error',
      status: isEmptied ? 'fail' : 'pass',
      words: isEmptied
        ? `the database is empty, but had ${baseline?.nodes} nodes before`
        : `${fingerprint.nodes} nodes, ${fingerprint.relationships} relationships`,
    },
  ];
  // The data before the restore was what was wrong, so a difference to it informs and does not fail.
  if (baseline)
    results.push({
      name: 'compared with before',
      severity: 'warn',
      status: 'pass',
      words: [differences(baseline, fingerprint), ...access].join('; '),
    });
  return results;
}

const MOST_DIFFERENCES = 6;

function differences(before: Fingerprint, after: Fingerprint): string {
  const compare = (kind: string, one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])]
      .filter((name) => one[name] !== other[name])
      .map((name) => `${kind}${name} ${one[name] ?? 0} → ${other[name] ?? 0}`);
  const changed = [
    ...compare('', before.labels, after.labels),
    ...compare('-', before.types, after.types),
    ...(before.schemaHash === after.schemaHash ? [] : ['the schema']),
  ];
  if (changed.length === 0) return 'same counts and schema as just before the restore; values may differ';
  const rest = changed.length - MOST_DIFFERENCES;
  return `${changed.slice(0, MOST_DIFFERENCES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function verdictOn(results: readonly CheckResult[]): { readonly status: ValidationOutcome; readonly words: string } {
  const count = (...statuses: readonly CheckResult['status'][]) =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const [failed, broken, warned] = [count('fail'), count('error', 'timed-out'), count('warn')];
  const words = `${count('pass')} of ${results.length} checks passed${failed ? `, ${failed} failed` : ''}${broken ? `, ${broken} could not run` : ''}${warned ? `, ${warned} with a warning` : ''}.`;
  return { words, status: failed > 0 ? 'failed' : broken > 0 ? 'error' : warned > 0 ? 'warned' : 'passed' };
}

function notRun(checks: readonly CheckDefinition[], words: string) {
  const own = ['connectivity', 'indexes online', 'not empty'].map(
    (name): CheckResult => ({ name, severity: 'error', status: 'not-run', words }),
  );
  return {
    status: 'not-run' as const,
    words: `The data was not checked: ${words}.`,
    results: [...own, ...checks.map((check) => unasked(check, words))],
  };
}

function unasked({ name, severity }: CheckDefinition, words: string): CheckResult {
  return { name, severity, status: 'not-run', words };
}

function definitionOf(value: unknown): readonly CheckDefinition[] {
  const read = readCheck(value);
  return 'check' in read ? [read.check] : [];
}
