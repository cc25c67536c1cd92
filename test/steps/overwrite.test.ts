import { describe, expect, it } from 'vitest';
import type { AuraInstance } from '../../src/aura/client.ts';
import type { PlanOf } from '../../src/restore/plan.ts';
import { createOverwrite } from '../../src/steps/methods/overwrite.ts';
import { makeRestore, SNAPSHOT } from '../support/make-restore.ts';
import { type AuraAnswers, makeFakeAura, RESTORE_POINT, RUNNING, refusal, TROUBLES } from './fake-aura.ts';
import { POLL_MS } from './step-run.ts';

const SOURCE: AuraInstance = { ...RUNNING, id: 'b2c3d4e5', name: 'Items', requestId: 'aura-read-2' };
const EXPORTABLE = { ...RESTORE_POINT, exportable: true };

function planOf(snapshot?: typeof SNAPSHOT): PlanOf<'overwrite'> {
  const source = {
    alias: 'items',
    auraId: SOURCE.id,
    name: SOURCE.name,
    environment: 'staging',
    type: 'professional-db',
    memory: '8GB',
  } as const;
  const chosen = { method: 'overwrite', source, ...(snapshot ? { snapshot } : {}) } as const;
  const { plan } = makeRestore('awaiting-approval', {
    policy: { methods: ['overwrite'] },
    draft: { chosen, instance: { name: 'Orders', type: 'professional-db', memory: '8GB' } },
  });
  if (plan.method !== 'overwrite') throw new Error('it should be an overwrite');
  return plan;
}

/** Looks once before the start, with Aura's answers as they are meanwhile; all is well unless told otherwise. */
async function look(answers: Partial<AuraAnswers> = {}, plan = planOf({ ...SNAPSHOT, exportable: true })) {
  const { aura, says } = makeFakeAura({ source: SOURCE, snapshot: EXPORTABLE, ...answers });
  const overwrite = createOverwrite({ aura, timing: { pollMs: POLL_MS } });
  const again = () => overwrite.look(plan, { step: 'preflight', priority: 'restore' });
  return { found: await again(), again, says };
}

const ending = (why: unknown, reason = 'instance-changed') => ({
  kind: 'obstacle',
  outcome: { kind: 'event', event: { type: 'step-failed', condition: 'unchanged', reason, why } },
});
const asking = (why: unknown, reason = 'instance-changed') => ({
  kind: 'obstacle',
  outcome: { kind: 'event', event: { type: 'drifted', reason, why } },
});
const waiting = (words: unknown) => ({
  kind: 'obstacle',
  outcome: { kind: 'look-again', afterMs: POLL_MS, words },
});

describe('the look before an overwrite', () => {
  it('finds all as it was agreed to, of a snapshot and of the source as it is', async () => {
    expect((await look()).found).toEqual({ kind: 'as-planned', requestId: 'aura-read-1' });
    expect((await look({ snapshot: new Error('not read') }, planOf())).found.kind).toBe('as-planned');
  });

  it.each(['restoring', 'loading', 'overwriting', 'snapshotting', 'resuming', 'updating'])(
    'waits while the source is %s, then goes',
    async (status) => {
      const { found, again, says } = await look({ source: { ...SOURCE, status } });
      expect(found).toEqual(waiting(`Aura reports the source items as "${status}"; waiting until it is running.`));
      says.source = SOURCE;
      expect((await again()).kind).toBe('as-planned');
    },
  );

  it('asks anew when the source is at rest or failed, and names it', async () => {
    for (const status of ['paused', 'loading failed']) {
      const { found } = await look({ source: { ...SOURCE, status } });
      expect(found).toMatchObject(asking(expect.stringContaining('The source items:'), 'instance-not-running'));
    }
  });

  it('ends when the source is gone', async () => {
    const { found } = await look({ source: refusal('not-found-instance') });
    expect(found).toMatchObject(ending(expect.stringContaining('no longer knows'), 'instance-not-found'));
  });

  it('asks anew when the source was changed and still fits, without taking its size for the target', async () => {
    const { found } = await look({ source: { ...SOURCE, memory: '4GB' } });
    expect(found).toMatchObject(asking(expect.stringContaining('The source items: The instance was changed')));
    expect(JSON.stringify(found)).not.toContain('seen');
  });

  it('ends, and asks nobody anew, when the source has grown beyond the target', async () => {
    const { found } = await look({ source: { ...SOURCE, memory: '16GB' } });
    expect(found).toMatchObject(ending(expect.stringContaining('The source has 16GB and the target 8GB')));
  });

  it('ends, and asks nobody anew, when the target has shrunk below the source', async () => {
    const { found } = await look({ instance: { ...RUNNING, memory: '4GB' } });
    expect(found).toMatchObject(ending(expect.stringContaining('The source has 8GB and the target 4GB')));
  });

  it('asks anew when the target has grown, with what it is now', async () => {
    const { found } = await look({ instance: { ...RUNNING, memory: '16GB' } });
    expect(found).toMatchObject(asking(expect.stringContaining('changed in type or size')));
    expect(JSON.stringify(found)).toContain('"seen":{"type":"professional-db","memory":"16GB"}');
  });

  it('asks anew when the snapshot is not exportable any more, or gone', async () => {
    const turned = await look({ snapshot: { ...EXPORTABLE, exportable: false } });
    expect(turned.found).toMatchObject(asking(expect.stringContaining('not exportable'), 'snapshot-not-usable'));
    const gone = await look({ snapshot: refusal('not-found-snapshot') });
    expect(gone.found).toMatchObject(asking(expect.any(String), 'snapshot-not-found'));
  });

  it.each(TROUBLES)('tries again after %s about the source', async (_, trouble) => {
    const { found } = await look({ source: trouble });
    expect(found).toMatchObject({ kind: 'obstacle', outcome: { kind: 'look-again' } });
  });
});
