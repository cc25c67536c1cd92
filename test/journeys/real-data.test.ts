import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fillProduction } from '../../playground/neo4j/production.ts';
import { CHANNELS } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { hasNoNeo4j, type RealNeo4j, startRealNeo4j } from '../support/real-neo4j.ts';

describe.skipIf(hasNoNeo4j)('a restore of a real database (skipped without Java and Maven)', () => {
  let production: ReturnType<typeof fillProduction>;
  let running: RealNeo4j;
  let journey: Journey;

  beforeAll(async () => {
    running = await startRealNeo4j();
    production = fillProduction(running.server, new Date());
    await production.database.ready;
  });
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
});
