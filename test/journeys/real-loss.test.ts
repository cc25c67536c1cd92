import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { fillProduction } from '../../playground/neo4j/production.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { createFingerprints } from '../../src/store/fingerprints.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { chooseFileMethod, sendFileForm } from '../support/file-journey.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { hasNoNeo4j, type RealNeo4j, startRealNeo4j } from '../support/real-neo4j.ts';

describe.skipIf(hasNoNeo4j)('what a restore of a real database would lose (skipped without Java and Maven)', () => {
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

  /** The ids of those of these snapshots that were counted, as the bot keeps them. */
  async function counted(...ids: readonly string[]): Promise<ReadonlySet<string>> {
    const redis = connectForClicks(journey.redis.target);
    await redis.connect();
    const known = await createFingerprints(redis, 10).known(PRODUCTION.id, ids);
    redis.disconnect();
    return known;
  }

  it('stands on the form, the card and the confirmation, exactly as it is', async () => {
    journey = await startJourney({ production: production.database });
    const { aura, slack } = journey;
    const instance = aura.instances.find(PRODUCTION.id);
    await until('production to run', () => instance.status === 'running');
    const good = aura.instances.takeSnapshot(instance, 'Scheduled');
    await expect.poll(() => counted(good.snapshot_id), { timeout: 60_000, interval: 200 }).toHaveProperty('size', 1);

    await production.graph.ruin('lose-and-gain');
    const rita = slack.as(PEOPLE.requester.id);
    const exact = [
      'Order: 37 would come back (863 now, 900 then); known',
      'Customer: 5 would be lost (305 now, 300 then); known',
    ];
    const says = (what: unknown) => exact.every((line) => JSON.stringify(what ?? {}).includes(line));
    const card = await requestRestore(journey, {
      pick: (ids) => ids.find((id) => id === good.snapshot_id),
      beforeSubmit: async () => void (await until('the form to say it', () => says(rita.modal()?.view))),
    });
    const words = await until('the card to say it', () => {
      const text = wordsOf(cardAt(journey, card));
      return says(text) || exact.every((line) => text.includes(line)) ? text : undefined;
    });
    expect(words).toContain('Compared with counts taken less than a minute after the snapshot');
    expect(words).toContain('orders changed since: 0; known');
    expect(words).toContain('Users: the same names and roles');

    const anton = slack.as(PEOPLE.approver.id);
    await anton.click(card, ACTION.approve);
    await until('the confirmation to say it', () => says(anton.modal()?.view));
    anton.closeModal();
    await approve(journey, card);
    await until('the end', () => wordsOf(cardAt(journey, card)).includes('*Restored to'));
    expect(await production.graph.summary()).toMatchObject({ orders: 900, customers: 300 });

    const safety = instance.snapshots.find(({ profile }) => profile === 'AdHoc');
    expect(await counted(safety?.snapshot_id ?? ''), 'going back to it can be judged as well').toHaveProperty(
      'size',
      1,
    );
  });

  it('says for a file what is there now, and that how much of it would be lost is unknown', async () => {
    journey = await startJourney({
      production: production.database,
      productionSettings: { methods: ['restore-snapshot', 'backup-file'] },
    });
    await until('production to run', () => journey.aura.instances.find(PRODUCTION.id).status === 'running');
    await chooseFileMethod(journey, 'backup-file');
    const rita = journey.slack.as(PEOPLE.requester.id);
    rita.type(FIELD.fileName, 'orders.backup');
    rita.type(FIELD.fileSize, '1 GB');
    const card = await sendFileForm(journey, new Date(Date.now() - 3_600_000));
    const words = await until('the card to say it', () => {
      const text = wordsOf(cardAt(journey, card));
      return text.includes('Order: 900 now; known') ? text : undefined;
    });
    expect(words).toContain(
      'how much of what is there now would be lost: unknown, because nobody can look into a file',
    );
    expect(words).toMatch(/orders changed since: \d+; known/);
    const anton = journey.slack.as(PEOPLE.approver.id);
    await anton.click(card, ACTION.approve);
    await until('the confirmation to say it', () =>
      JSON.stringify(anton.modal()?.view ?? {}).includes('Order: 900 now; known'),
    );
  });

  it('is unknown for a restore point that nobody counted, and the questions are answered', async () => {
    journey = await startJourney({ production: production.database });
    await until('production to run', () => journey.aura.instances.find(PRODUCTION.id).status === 'running');
    const { history } = production.database;
    const card = await requestRestore(journey, { pick: (ids) => ids.find((id) => id === history[1]?.snapshotId) });
    const words = await until('the card to say it', () => {
      const text = wordsOf(cardAt(journey, card));
      return text.includes('counts: unknown, because nothing was counted near the restore point') ? text : undefined;
    });
    // The last order before the snapshot is younger by milliseconds than its time, which Aura gives in whole seconds.
    expect(words).toMatch(/orders changed since: 1[89]; known/);
    expect(words).toContain('open orders changed since: 2; known');
  });
});
