import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../playground/aura/faults.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { STAGING } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { sightsOf } from './sights.ts';

let journey: Journey;
afterEach(() => journey.end());
const { heard } = sightsOf(() => journey);

const asked = async () => {
  await journey.slack.as(PEOPLE.requester.id).slash('/restore', `snapshot ${STAGING.alias}`, CHANNELS.approvals.id);
};
const answers = () =>
  journey.slack
    .messages(CHANNELS.approvals.id, PEOPLE.requester.id)
    .map(({ text }) => text)
    .join('\n');
const taken = () => journey.aura.calls('take-snapshot').filter(({ applied }) => applied).length;

const UNCLEAR: readonly (readonly [name: string, fault: Fault])[] = [
  ['is answered with 502', { kind: 'status', route: 'take-snapshot', status: 502, when: 'after', times: 1 }],
  ['loses its connection', { kind: 'reset', route: 'take-snapshot', when: 'after', times: 1 }],
  ['is answered with nonsense', { kind: 'nonsense', route: 'take-snapshot', when: 'after', times: 1 }],
];

describe('a snapshot on request', () => {
  it.each(UNCLEAR)('that Aura takes and that %s is not said to be undone: nobody knows', async (_, fault) => {
    journey = await startJourney({ prepare: ({ aura }) => aura.faults.add(fault) });
    await asked();
    await heard(PEOPLE.requester.id, `Nobody knows whether Aura took a snapshot of *${STAGING.alias}*`);
    expect(taken()).toBe(1);
    expect(answers()).toContain(`/restore snapshots ${STAGING.alias}`);
    expect(answers()).not.toContain('Nothing was done');
  });

  it('is refused where Aura keeps only the latest: it would take the place of the only way back', async () => {
    journey = await startJourney({
      prepare: ({ aura }) => {
        Object.assign(aura.instances.find(STAGING.id), { type: 'free-db' });
      },
    });
    await asked();
    await heard(PEOPLE.requester.id, 'No snapshot was taken');
    expect(answers()).toContain('keeps only the latest one');
    expect(answers()).toContain('export the old one in the Aura console first');
    expect(journey.aura.calls('take-snapshot')).toEqual([]);
  });

  it('of an instance that Aura does not know is said not to be taken, and is not asked for', async () => {
    journey = await startJourney();
    journey.aura.faults.add({ kind: 'status', route: 'get-instance', status: 404, when: 'before', times: 1_000 });
    await asked();
    await heard(PEOPLE.requester.id, 'Nothing was done');
    expect(journey.aura.calls('take-snapshot')).toEqual([]);
  });

  it('that Aura refuses is said not to be taken', async () => {
    journey = await startJourney({
      prepare: ({ aura }) => aura.faults.add({ kind: 'busy', route: 'take-snapshot', times: 1 }),
    });
    await asked();
    await heard(PEOPLE.requester.id, 'Nothing was done');
    expect(taken()).toBe(0);
    expect(answers()).not.toContain('Nobody knows');
  });
});
