import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMessagePlaces, type MessagePlaces } from '../../src/store/message-places.ts';
import { NOW } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
let places: MessagePlaces;
beforeAll(async () => {
  test = await startTestStore();
  places = createMessagePlaces(test.redis);
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

describe('the place of a card', () => {
  const place = { channel: 'C0APPROVALS', ts: '1795230245.000100', link: 'https://slack.example/p1', digest: 'one' };

  it('is unknown until the card was posted', async () => {
    expect(await places.card('R-17')).toBeUndefined();
  });

  it('is remembered for its restore alone', async () => {
    await places.saveCard('R-17', place);
    expect(await places.card('R-17')).toEqual(place);
    expect(await places.card('R-18')).toBeUndefined();
  });

  it('of a card posted anew is only the new one, without the link of the old', async () => {
    await places.saveCard('R-17', place);
    const { link: _, ...unlinked } = { ...place, ts: '1795230999.000100', digest: 'two' };
    await places.saveCard('R-17', unlinked);
    expect(await places.card('R-17')).toEqual(unlinked);
  });
});

describe('a post that was begun', () => {
  const begin = (key = 'card', id = 'R-17', at = NOW) => places.begin(id, key, at);
  const mine = (earlier?: string) => ({ kind: 'mine', earlier, lease: expect.any(String) });

  it('belongs to one of many who begin at once, and to nobody else until it is released', async () => {
    const begun = await Promise.all(Array.from({ length: 20 }, () => begin()));
    expect(begun.filter(({ kind }) => kind === 'mine')).toEqual([mine()]);
    expect(await begin()).toEqual({ kind: 'busy' });
    await places.release('R-17', 'card');
    expect(await begin()).toMatchObject({ kind: 'mine' });
  });

  it('is no matter of another post or another restore', async () => {
    await begin();
    expect(await begin('planned:C0ORDERS')).toEqual(mine());
    expect(await begin('card', 'R-18')).toEqual(mine());
  });

  it('is remembered with its first time when it is begun again, also after it was settled', async () => {
    await begin();
    await places.release('R-17', 'card');
    expect(await begin('card', 'R-17', '2026-11-21T05:00:00.000Z')).toEqual(mine(NOW));
  });

  it('is not remembered when it is known not to have reached Slack', async () => {
    await begin();
    await places.forget('R-17', 'card');
    expect(await begin()).toEqual(mine());
  });
});
