import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMessagePlaces, type MessagePlaces } from '../../src/store/message-places.ts';
import { afterEvents, makeRestore, NOW } from '../support/make-restore.ts';
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

describe('a redraw', () => {
  const waiting = makeRestore('awaiting-approval');

  it('is owed from every save until that version or a later one was drawn', async () => {
    await test.store.save(0, waiting);
    await places.cardDrawn('R-17', 1);
    expect(await test.store.undrawn()).toEqual([]);
    await test.store.save(1, afterEvents(waiting, ['approved']));
    expect(await test.store.undrawn()).toEqual(['R-17']);
  });

  it('stays owed when what was drawn is older than the record', async () => {
    await test.store.save(0, waiting);
    await test.store.save(1, afterEvents(waiting, ['approved']));
    await places.cardDrawn('R-17', 1);
    expect(await test.store.undrawn()).toEqual(['R-17']);
    await places.cardDrawn('R-17', 2);
    expect(await test.store.undrawn()).toEqual([]);
  });
});

describe('a post that was begun', () => {
  it('is remembered with its time until it is settled', async () => {
    expect(await places.begunAt('R-17', 'card')).toBeUndefined();
    await places.begin('R-17', 'card', NOW);
    expect(await places.begunAt('R-17', 'card')).toBe(NOW);
    expect(await places.begunAt('R-17', 'planned:C0ORDERS')).toBeUndefined();
    expect(await places.begunAt('R-18', 'card')).toBeUndefined();
    await places.forget('R-17', 'card');
    expect(await places.begunAt('R-17', 'card')).toBeUndefined();
  });
});
