import { describe, expect, it, onTestFinished } from 'vitest';
import { AuraBudgetError } from '../../src/aura/errors.ts';
import { createClocks } from '../../src/clocks.ts';
import { createAuraCheck } from '../../src/start-checks/aura-check.ts';
import { clockFindings } from '../../src/start-checks/clocks-check.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { ENOUGH } from '../support/aura-access.ts';
import { makePolicy } from '../support/make-restore.ts';
import { startTestStore } from '../support/store.ts';

import { auraWith, weights, words } from '../support/surroundings.ts';

describe("the check of Aura's credentials", () => {
  const instances = [makePolicy({ alias: 'orders-prod', auraId: 'a1b2c3d4' })];

  it('finds nothing when they see every instance, with one token and one read', async () => {
    const { aura, client } = await auraWith();
    const check = createAuraCheck({ aura: client, instances });
    expect(await check.find()).toEqual([]);
    await check.find();
    expect(aura.log.map(({ route }) => route)).toEqual(['token', 'list-instances', 'list-instances']);
  });

  it('names an instance that they do not see', async () => {
    const { client } = await auraWith();
    const strange = makePolicy({ alias: 'orders-old', auraId: 'ffffffff' });
    expect(words(await createAuraCheck({ aura: client, instances: [...instances, strange] }).find())).toEqual([
      'Aura does not show the instance ffffffff (orders-old) to these API credentials: correct its aura_id, or use credentials of a user who may manage it.',
    ]);
  });

  it('says what to do about credentials that are refused, and does not spend the few tokens of an hour on them', async () => {
    const { aura, client } = await auraWith({ clientSecret: 'wrong' });
    let steadyMs = 0;
    const check = createAuraCheck({ aura: client, instances, steady: () => steadyMs });
    const refused = [
      "Aura did not accept the bot's API credentials. Create API credentials in the Aura console, set AURA_CLIENT_ID and AURA_CLIENT_SECRET to them, and start the bot again.",
    ];
    expect(words(await check.find())).toEqual(refused);
    expect(words(await check.find())).toEqual(refused);
    expect(aura.calls('token')).toHaveLength(1);
    steadyMs += 30 * 60_000;
    await check.find();
    expect(aura.calls('token')).toHaveLength(2);
  });

  it('says so when Aura is away', async () => {
    const { aura, client } = await auraWith();
    aura.faults.add({ kind: 'reset', route: 'list-instances', when: 'before', times: 100 });
    expect(words(await createAuraCheck({ aura: client, instances }).find())).toEqual([
      expect.stringMatching(/no usable answer.*See whether this machine reaches the Aura API/),
    ]);
  });

  it('goes by what it found last while the request budget is used up', async () => {
    const { client } = await auraWith({
      budget: { ...ENOUGH, acquire: () => Promise.reject(new AuraBudgetError('reconcile')) },
    });
    expect(await createAuraCheck({ aura: client, instances }).find()).toEqual([]);
  });
});

describe('the check of clocks', () => {
  it.each([
    [600_000, "the bot's clock is 10 minutes behind Aura's"],
    [-3_600_000, "the bot's clock is 60 minutes ahead of Aura's"],
  ])("finds Aura's clock %i ms ahead by the `Date` of any answer", async (aheadMs, difference) => {
    const { aura, client, clocks } = await auraWith();
    aura.faults.add({ kind: 'clock', aheadMs, times: 100 });
    await client.getInstance('a1b2c3d4', 'poll');
    const found = clockFindings(clocks);
    expect(words(found)).toEqual([
      `No restore can be asked for, confirmed or sent: ${difference}. Set the clocks right (chrony or systemd-timesyncd on the machines of the bot and of Redis).`,
    ]);
    expect(weights(found)).toEqual(['stops-decisions']);
    aura.faults.clear();
    await client.getInstance('a1b2c3d4', 'poll');
    expect(clockFindings(clocks)).toEqual([]);
  });

  it('finds the clock of Redis apart at whatever is read from it, and names both when both are', async () => {
    const test = await startTestStore();
    onTestFinished(() => test.stop());
    const clocks = createClocks({ lifetimeMs: 60_000, now: () => Date.now() - 45_000 });
    const store = createRestoreStore(test.redis, (clock, theirMs, askedAtMs) =>
      clocks.saw(clock, theirMs, askedAtMs - 45_000),
    );
    await store.load('R-0');
    expect(words(clockFindings(clocks))).toEqual([
      expect.stringContaining("the bot's clock is 45 seconds behind Redis'."),
    ]);
    clocks.saw('aura', Date.now() + 15_000, Date.now() - 45_000);
    expect(words(clockFindings(clocks))[0]).toMatch(
      /45 seconds behind Redis', and the bot's clock is 60 seconds behind Aura's\./,
    );
  });
});
