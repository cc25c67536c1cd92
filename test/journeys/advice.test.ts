import { afterEach, it } from 'vitest';
import { ACTION, FIELD, NEED } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { until } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const rita = () => journey.slack.as(PEOPLE.requester.id);
const shown = () => JSON.stringify(rita().modal()?.view ?? {});
const says = (words: string) => until(`the advice to say "${words}"`, () => shown().includes(words), 20_000);

it('advice follows what a person says must hold, and leads to the request', async () => {
  journey = await startJourney({ productionSettings: { methods: ['restore-snapshot', 'overwrite'] } });
  await rita().slash('/restore', `advise ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  await says('Advice for orders-prod: Restore one of its snapshots');
  await says('Aura keeps a usable snapshot');

  await rita().choose(ACTION.adviceNeeds, NEED.keepsPresent);
  await says('None of the ways that fit is allowed');
  await rita().choose(ACTION.adviceNeeds, NEED.keepsPresent);
  await rita().choose(ACTION.adviceWhere, 'another-instance');
  await says('Advice for orders-prod: Overwrite it from another instance');

  await rita().submit();
  await until('the request form', () => shown().includes(FIELD.source), 20_000);
});
