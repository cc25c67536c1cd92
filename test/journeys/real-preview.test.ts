import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { fillProduction } from '../../playground/neo4j/production.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { hasNoNeo4j, type RealNeo4j, startRealNeo4j } from '../support/real-neo4j.ts';

describe.skipIf(hasNoNeo4j)('a preview of a real database (skipped without Java and Maven)', () => {
  let production: ReturnType<typeof fillProduction>;
  let running: RealNeo4j;
  /** Another server, which loads what the first one saved: what Aura makes of a snapshot. */
  let copy: RealNeo4j;
  let journey: Journey;

  beforeAll(async () => {
    running = await startRealNeo4j();
    production = fillProduction(running.server, new Date());
    copy = await startRealNeo4j(running);
    await production.database.ready;
  });
  afterAll(async () => {
    await copy?.stop();
    await running?.stop();
  });
  afterEach(() => journey.end());

  it('makes the receipt exact, and that equals the known difference', async () => {
    const prices = { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } };
    journey = await startJourney({
      production: production.database,
      // The simulated Aura takes a snapshot of what it made, for which a Community server would have to stop.
      newDatabase: { ...copy.server, snapshot: async () => undefined },
      settings: { prices },
      productionSettings: {
        methods: ['restore-snapshot', 'new-instance'],
        new_instance: { monthly_cap: 50, preview: { time_to_live: '1h' } },
      },
    });
    const { aura, slack } = journey;
    await production.graph.ruin('delete-items');
    await until('production to run', () => aura.instances.find(PRODUCTION.id).status === 'running');
    const oldest = production.database.history[0]?.snapshotId;
    const asked = await requestRestore(journey, { pick: (ids) => ids.find((id) => id === oldest) });
    const says = (card: Parameters<typeof cardAt>[1], words: string) =>
      until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
    await says(asked, 'unknown');

    const rita = slack.as(PEOPLE.requester.id);
    await rita.click(asked, ACTION.preview);
    await until('the form', () => JSON.stringify(rita.modal()?.view ?? {}).includes('1.60 USD for 1 h'));
    await rita.submit();
    const card = await until('the card', () => cards(journey)[1]);
    await approve(journey, card);

    await says(asked, 'Compared with the snapshot itself: exact.');
    // Of 900 orders 140 were placed after the snapshot; what the 760 others contain, one to three products each, was deleted.
    const differences = wordsOf(cardAt(journey, asked))
      .split(/\\n|\n/)
      .filter((line) => /would (be lost|come back)/.test(line) && line.startsWith('•'));
    expect(new Set(differences)).toEqual(
      new Set([
        '• relationships CONTAINS: 1520 would come back (0 now, 1520 then); known',
        '• Order: 140 would be lost (900 now, 760 then); known',
        '• relationships PLACED: 140 would be lost (900 now, 760 then); known',
        '• all nodes: 140 would be lost (1312 now, 1172 then); known',
        '• all relationships: 1380 would come back (1036 now, 2416 then); known',
      ]),
    );
  }, 240_000);
});
