import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore } from '../support/make-restore.ts';
import { type AuraAnswers, RESTORE_POINT, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';
import { look, startAt, told } from './preflight-look.ts';
import { eventOf, wordsOf } from './step-run.ts';

describe('the preflight while the start is waited for', () => {
  const beforeIt = addMinutes(startAt, -5);

  it('looks at Aura, and comes back at the start or in a quarter of an hour', async () => {
    const run = await look({}, beforeIt);
    expect(run.calls).toEqual(['read instance a1b2c3d4', 'read snapshot snapshot-1']);
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 5 * 60_000 });
    const far = makeRestore('approved', { draft: { start: { kind: 'at', at: addMinutes(startAt, 600) } } });
    expect((await look({}, startAt, far)).outcome).toEqual({ kind: 'not-yet', afterMs: 15 * 60_000 });
  });

  it.each([
    ['a snapshot that is gone', { snapshot: refusal('not-found-snapshot') }],
    ['a snapshot that cannot be used', { snapshot: { ...RESTORE_POINT, status: 'Failed' } }],
    ['an instance that is paused', { instance: reporting('paused') }],
    ['an instance of another size', { instance: { ...RUNNING, memory: '16GB' } }],
  ])('asks people anew at once because of %s', async (_, answers) => {
    expect(eventOf(await look(answers, beforeIt))?.type).toBe('drifted');
  });

  it.each<readonly [string, Partial<AuraAnswers>]>([
    ['is busy', { instance: reporting('updating') }],
    ['is gone', { instance: reporting('destroying') }],
    ...TROUBLES.map(([name, trouble]) => [name, { instance: trouble }] as const),
  ])('ends nothing and says nothing yet when the instance or Aura %s', async (_, answers) => {
    expect((await look(answers, beforeIt)).outcome.kind).toBe('not-yet');
  });
});

it('a start that is waited for ends at once when Aura does not know the instance any more', async () => {
  const event = eventOf(await look({ instance: refusal('not-found-instance') }, addMinutes(startAt, -5)));
  expect(event).toMatchObject({ type: 'step-failed', reason: 'instance-not-found', condition: 'unchanged' });
});

describe('the project that owns the instance', () => {
  const planned = makeRestore('approved', {
    draft: { instance: { name: 'Orders', type: 'professional-db', memory: '8GB', projectId: 'project-1' } },
  });
  const seen = (projectId?: string) => ({ instance: { ...RUNNING, ...(projectId ? { projectId } : {}) } });
  const at = addMinutes(planned.state.startAt, -1);

  it('is part of what people agree to: another one asks them anew, with the plan that names it', async () => {
    const event = eventOf(await look(seen('project-2'), at, planned));
    expect(event).toMatchObject({ type: 'drifted', reason: 'instance-changed', seen: { projectId: 'project-2' } });
    if (event?.type !== 'drifted') throw new Error('it should have drifted');
    expect(followedBy(planned, { ...event, at }).plan.instance.projectId).toBe('project-2');
  });

  it('does not matter while Aura does not say it, or in a plan of an earlier release', async () => {
    expect((await look(seen(), at, planned)).outcome.kind).toBe('not-yet');
    expect(eventOf(await look(seen('project-2')))?.type).toBe('preflight-passed');
  });
});

describe('the preflight of a start that an objection holds', () => {
  const objected = inStatus(followedBy(told, exampleEvent('objected', told)), 'approved');

  it('looks whether all is still as agreed to, and keeps that it did', async () => {
    const run = await look({}, startAt, objected);
    expect(run.calls).toEqual(['read instance a1b2c3d4', 'read snapshot snapshot-1']);
    expect(run.saved).toEqual([{ type: 'agreement-looked' }]);
    expect(wordsOf(run)).toMatch(/Held by an objection/);
  });

  it('looks every quarter of an hour, and not each time it sees that nobody has answered', async () => {
    const seen = inStatus(followedBy(objected, { type: 'agreement-looked', at: startAt }), 'approved');
    expect((await look({}, addMinutes(startAt, 14), seen)).calls).toEqual([]);
    expect((await look({}, addMinutes(startAt, 15), seen)).calls).toHaveLength(2);
  });

  it('has people asked anew because of what drifted, and waits on while Aura does not answer', async () => {
    expect(eventOf(await look({ instance: reporting('paused') }, startAt, objected))?.type).toBe('drifted');
    for (const [, trouble] of TROUBLES)
      expect(wordsOf(await look({ instance: trouble }, startAt, objected))).toMatch(/Held by an objection/);
  });
});
