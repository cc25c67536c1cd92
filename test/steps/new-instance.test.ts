import { describe, expect, it } from 'vitest';
import type { InstanceConfiguration } from '../../src/aura/made-instances.ts';
import type { PlanOf } from '../../src/restore/plan.ts';
import { createNewInstance } from '../../src/steps/methods/new-instance.ts';
import { askedForNew } from '../support/new-instance-messages.ts';
import { type AuraAnswers, makeFakeAura, RESTORE_POINT, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';

const OFFERED: InstanceConfiguration = { type: 'professional-db', region: 'europe-west1', memory: '8GB' };
const SOURCE = { ...RUNNING, projectId: 'project-1' };
/** What one costs in `askedForNew`: 24 hours of 0.72 USD. Its cap is 50 USD. */
const COST = 17.28;

function plan(): PlanOf<'new-instance'> {
  const { plan: asked } = askedForNew();
  if (asked.method !== 'new-instance') throw new Error('it should be a new instance');
  return asked;
}

interface Around {
  readonly answers?: Partial<AuraAnswers>;
  readonly offered?: readonly InstanceConfiguration[];
  readonly spent?: number;
}

/** Looks once before the start; all is well unless told otherwise. */
function look({ answers = {}, offered = [OFFERED], spent = 0 }: Around = {}) {
  const { aura } = makeFakeAura({ instance: SOURCE, snapshot: { ...RESTORE_POINT, exportable: true }, ...answers });
  const method = createNewInstance({
    aura,
    instances: { configurationsOf: async () => offered },
    maker: {
      spentThisMonth: async () => spent,
      make: () => Promise.reject(new Error('a look makes nothing')),
      look: async () => undefined,
      isCapReached: (_): _ is Error => false,
    },
  });
  return method.look(plan(), { step: 'preflight', priority: 'restore' });
}

const ending = (reason: string, why: unknown) => ({
  kind: 'obstacle',
  outcome: { kind: 'event', event: { type: 'step-failed', condition: 'unchanged', reason, why } },
});
const asking = (reason: string, why: unknown) => ({
  kind: 'obstacle',
  outcome: { kind: 'event', event: { type: 'drifted', reason, why } },
});

describe('the look before a new instance', () => {
  it('finds all as it was agreed to, whatever the source does meanwhile', async () => {
    for (const status of ['running', 'paused', 'restoring', 'loading failed']) {
      const instance = { ...SOURCE, status };
      expect((await look({ answers: { instance } })).kind, status).toBe('as-planned');
    }
  });

  it('ends when the source is gone', async () => {
    const found = await look({ answers: { instance: { ...reporting('destroying'), projectId: 'project-1' } } });
    expect(found).toMatchObject(ending('instance-not-running', expect.stringContaining('destroying')));
  });

  it('asks anew when the snapshot is not exportable any more, or gone, or not usable', async () => {
    const exportable = await look({ answers: { snapshot: { ...RESTORE_POINT, exportable: false } } });
    expect(exportable).toMatchObject(asking('snapshot-not-usable', expect.stringContaining('not exportable')));
    const gone = await look({ answers: { snapshot: refusal('not-found-snapshot') } });
    expect(gone).toMatchObject(asking('snapshot-not-found', expect.any(String)));
    const failed = await look({ answers: { snapshot: { ...RESTORE_POINT, status: 'Failed' } } });
    expect(failed).toMatchObject(asking('snapshot-not-usable', expect.stringContaining('"Failed"')));
  });

  it.each<[string, readonly InstanceConfiguration[]]>([
    ['size', [{ ...OFFERED, memory: '16GB' }]],
    ['type', [{ ...OFFERED, type: 'business-critical' }]],
    [
      'size together with its type',
      [
        { ...OFFERED, memory: '16GB' },
        { ...OFFERED, type: 'business-critical' },
      ],
    ],
    ['anything', []],
  ])('ends when Aura does not offer the %s any more', async (_, offered) => {
    const why = 'Aura offers this project no professional-db with 8GB.';
    expect(await look({ offered })).toMatchObject(ending('aura-refused', why));
  });

  it('ends when others have reached the cap of the month since it was agreed to, with the sums', async () => {
    expect((await look({ spent: 50 - COST - 0.01 })).kind).toBe('as-planned');
    const why = expect.stringMatching(/50\.00 USD in a month.*40\.00 USD.*17\.28 USD/);
    expect(await look({ spent: 40 })).toMatchObject(ending('restore-refused', why));
  });

  it.each(TROUBLES)('tries again after %s', async (_, trouble) => {
    for (const answers of [{ instance: trouble }, { snapshot: trouble }]) {
      expect(await look({ answers })).toMatchObject({ kind: 'obstacle', outcome: { kind: 'look-again' } });
    }
  });
});
