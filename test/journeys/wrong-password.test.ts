import { afterEach, expect, it } from 'vitest';
import { approve, cardAt, noticesIn, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type RefusingNeo4j, startRefusingNeo4j } from '../support/refusing-neo4j.ts';

let journey: Journey;
let neo4j: RefusingNeo4j;
afterEach(async () => {
  await journey.end();
  await neo4j.close();
});

const PASSWORD = 'the password of today';

it('a restored database that refuses the password is restored and not verified, and says why', async () => {
  neo4j = await startRefusingNeo4j();
  const logged: string[] = [];
  journey = await startJourney({
    productionSettings: {
      bolt: { uri: neo4j.url, password_variable: 'ORDERS_BOLT_PASSWORD' },
      checks: [{ name: 'orders_exist', count: { label: 'Order' }, expect: { gte: 700 } }],
    },
    env: { ORDERS_BOLT_PASSWORD: PASSWORD },
    logTo: (line) => void logged.push(line),
  });
  const card = await requestRestore(journey);
  const cardSays = (words: string) =>
    until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
  await cardSays("unknown, because the bot's user may not see it");
  await approve(journey, card);
  await cardSays('Restored to');
  await cardSays('*Data checks:* could not be completed. Neo4j refused the credentials.');
  await cardSays('After a restore the password may be the one of the snapshot');
  expect(journey.aura.instances.find(PRODUCTION.id).status).toBe('running');
  expect(journey.aura.calls('restore').filter(({ applied }) => applied)).toHaveLength(1);
  await until('both notices', () => noticesIn(journey, 'C0ORDERS').length === 2);
  expect(logged.some((line) => line.includes('credentials'))).toBe(true);
  expect(logged.filter((line) => line.includes(PASSWORD))).toEqual([]);
});
