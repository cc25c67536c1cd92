import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CardDrawings, createCardDrawings, type Drawing } from '../../src/store/card-drawings.ts';
import { createHeadPlaces, type HeadPlaces } from '../../src/store/head-places.ts';
import { createMessagePlaces, type MessagePlaces } from '../../src/store/message-places.ts';
import { afterEvents, makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

const CARD = { channel: 'C0APPROVALS', ts: '1795230245.000100', link: 'https://slack.example/p1', digest: 'one' };
const HEAD = { channel: 'C0ORDERS', ts: '1795230245.000200', digest: 'head one' };
const ARRIVES_WITHIN_MS = 400;

let test: TestStore;
let drawings: CardDrawings;
let places: MessagePlaces;
let heads: HeadPlaces;
beforeAll(async () => {
  test = await startTestStore();
  drawings = createCardDrawings(test.redis, ARRIVES_WITHIN_MS);
  places = createMessagePlaces(test.redis);
  heads = createHeadPlaces(test.redis);
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const of = (version: number, key = `drawing of ${version}`): Drawing => ({ restoreId: 'R-17', version, key });
const waiting = makeRestore('awaiting-approval');

describe('what a card shows', () => {
  it('is not known while it is being drawn, and then is what was drawn, in the same place', async () => {
    await test.store.save(0, waiting);
    await places.saveCard('R-17', CARD);
    await drawings.begun(of(1));
    expect(await places.card('R-17')).toEqual({ ...CARD, digest: '' });
    expect(await test.store.undrawn(), 'a crash leaves it owed').toEqual(['R-17']);
    expect(await drawings.drawn(of(1), 'two')).toBe('done');
    expect(await places.card('R-17')).toEqual({ ...CARD, digest: 'two' });
    expect(await test.store.undrawn()).toEqual([]);
  });

  it('that nobody posted yet is not made up', async () => {
    await drawings.begun(of(1));
    expect(await places.card('R-17')).toBeUndefined();
  });
});

describe('a redraw', () => {
  it('is owed from every save until that version or a later one was drawn', async () => {
    await test.store.save(0, waiting);
    expect(await drawings.drawn(of(1), 'digest')).toBe('done');
    expect(await test.store.undrawn()).toEqual([]);
    await test.store.save(1, afterEvents(waiting, ['approved']));
    expect(await test.store.undrawn()).toEqual(['R-17']);
  });

  it('stays owed when what was drawn is older than the record, and is owed again when that comes last', async () => {
    await test.store.save(0, waiting);
    await test.store.save(1, afterEvents(waiting, ['approved']));
    expect(await drawings.drawn(of(1), 'digest')).toBe('record-moved-on');
    expect(await test.store.undrawn()).toEqual(['R-17']);
    expect(await drawings.drawn(of(2), 'digest')).toBe('done');
    expect(await test.store.undrawn()).toEqual([]);
    expect(await drawings.drawn(of(1), 'digest')).toBe('record-moved-on');
    expect(await test.store.undrawn()).toEqual(['R-17']);
  });
});

describe('a drawing of which nobody heard again', () => {
  beforeEach(async () => {
    await test.store.save(0, waiting);
    await test.store.save(1, afterEvents(waiting, ['approved']));
    await places.saveCard('R-17', CARD);
    await heads.saveHead('R-17', HEAD.channel, HEAD);
    await drawings.begun(of(1, 'of a process that is killed'));
  });

  it('may arrive after a later one, so that one counts as drawn only when it is drawn again after that', async () => {
    await drawings.begun(of(2));
    const before = Date.parse(await test.store.now());
    expect(await drawings.drawn(of(2), 'two')).toBe('unsettled');
    expect(await test.store.undrawn()).toEqual(['R-17']);
    const card = await places.card('R-17');
    expect(card).toMatchObject({ digest: '', shownVersion: 2 });
    expect((card?.settlesAtMs ?? 0) - before).toBeLessThanOrEqual(ARRIVES_WITHIN_MS);
    expect((await heads.heads('R-17')).get(HEAD.channel)).toEqual({ ...HEAD, digest: '' });

    await vi.waitFor(
      async () => {
        await drawings.begun(of(2, 'again'));
        expect(await drawings.drawn(of(2, 'again'), 'two')).toBe('done');
      },
      { timeout: 30_000 },
    );
    expect(await test.store.undrawn()).toEqual([]);
    expect(await places.card('R-17')).toEqual({ ...CARD, digest: 'two' });
  });

  it('does not matter to another restore', async () => {
    await drawings.begun({ ...of(1), restoreId: 'R-18' });
    expect(await drawings.drawn({ ...of(1), restoreId: 'R-18' }, 'two')).toBe('done');
  });
});
