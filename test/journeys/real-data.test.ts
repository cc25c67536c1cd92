import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { fillProduction } from '../../playground/neo4j/production.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { hasNoNeo4j, type RealNeo4j, startRealNeo4j } from '../support/real-neo4j.ts';

/** A busy machine takes its time to start Neo4j, and to copy its data there and back. */
const LONG_MS = 300_000;

describe.skipIf(hasNoNeo4j)('a restore of a real database (skipped without Java and Maven)', () => {
  let production: ReturnType<typeof fillProduction>;
  let running: RealNeo4j;
  let journey: Journey;

  beforeAll(async () => {
    running = await startRealNeo4j();
    production = fillProduction(running.server, new Date());
    await production.database.ready;
  }, LONG_MS);
  afterAll(() => running?.stop());
  afterEach(() => journey.end());

  async function restoreNewest(): Promise<string> {
    await until('production to run', () => journey.aura.instances.find(PRODUCTION.id).status === 'running');
    const card = await requestRestore(journey);
    await approve(journey, card);
    return until('the end', () => {
      const words = wordsOf(cardAt(journey, card));
      return words.includes('*Restored to') ? words : undefined;
    });
  }

  it('brings the damaged data back, and the checks say so', async () => {
    journey = await startJourney({ production: production.database });
    await production.graph.ruin('wipe-prices');
    await production.graph.ruin('delete-items');
    expect(await production.graph.summary()).toMatchObject({ items: 0, productsWithoutPrice: 40 });
    const words = await restoreNewest();
    expect(await production.graph.summary()).toEqual({
      customers: 300,
      orders: 880,
      items: 1760,
      products: 40,
      productsWithoutPrice: 0,
      constraints: 4,
    });
    expect(words).toContain('9 of 9 checks passed');
    expect(words).toContain('CONTAINS 0 → 1760');
    await until('the notice', () =>
      journey.slack.messages(CHANNELS.orders.id).some(({ text }) => text.includes('Status: Service restored')),
    );
  });

  it('that Aura ends with the old data is complete by its status and failed by its checks, and nobody is told otherwise', async () => {
    journey = await startJourney({ production: production.database });
    await production.graph.ruin('wipe-prices');
    journey.aura.faults.add({ kind: 'restore-ends', as: 'old data', times: 1 });
    const words = await restoreNewest();
    expect(words).toContain('*Restore:* completed');
    expect(words).toContain('*Data checks:* FAILED');
    expect(words).toContain('no_zero_prices');
    const notice = await until('the notice', () =>
      journey.slack.messages(CHANNELS.orders.id).find(({ text }) => text.startsWith('MAINTENANCE COMPLETE')),
    );
    expect(notice.text).toContain('data checks did not pass');
  });

  it(
    'that went to a snapshot whose checks fail is undone by one click and a second person: exactly what was there is back',
    async () => {
      await production.graph.ruin('lose-and-gain');
      await production.graph.placeOrders(901, 950, new Date());
      const before = await production.graph.summary();
      const { orders } = before;
      const checks = [{ name: 'no_order_lost', count: { label: 'Order' }, expect: { gte: orders } }];
      journey = await startJourney({ production: production.database, productionSettings: { checks } });
      const instance = journey.aura.instances.find(PRODUCTION.id);
      await until('production to run', () => instance.status === 'running');
      const cardSays = async (card: { channel: string; ts: string }, said: string) => {
        await until(`the card to say "${said}"`, () => wordsOf(cardAt(journey, card)).includes(said));
        return wordsOf(cardAt(journey, card));
      };
      const [oldest] = production.database.history;
      const first = await requestRestore(journey, { pick: (ids) => ids.find((id) => id === oldest?.snapshotId) });
      await approve(journey, first);
      await cardSays(first, '*Restored to');
      const failed = await cardSays(first, '*Data checks:* FAILED');
      expect(failed).toContain('no_order_lost');
      expect(failed).toContain('It can be undone until');
      expect((await production.graph.summary()).orders).toBeLessThan(orders);

      const rita = journey.slack.as(PEOPLE.requester.id);
      await rita.click(first, ACTION.undo);
      await until('the form', () => JSON.stringify(rita.modal()?.view ?? {}).includes('will be lost'));
      await rita.submit();
      expect(rita.modal()?.errors).toBeUndefined();
      const { channel, ts } = await until('the card of the undo', () => cards(journey)[1], LONG_MS);
      expect((await production.graph.summary()).orders, 'nothing is undone before somebody agrees').toBeLessThan(
        orders,
      );
      await approve(journey, { channel, ts });
      await cardSays({ channel, ts }, '*Restored to');
      expect(await cardSays({ channel, ts }, '*Data checks:*')).toMatch(/(\d+) of \1 checks passed/);
      expect(await production.graph.summary()).toEqual(before);
      await cardSays(first, 'Undone* by R-2');
    },
    LONG_MS,
  );
});
