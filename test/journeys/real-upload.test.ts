import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, noticesIn, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { sha256OfFile } from '../../src/upload/checksum.ts';
import { type FileJourney, requestUpload, startFileJourney } from '../support/file-journey.ts';
import { type RealAdmin, startRealAdmin } from '../support/real-admin.ts';
import { hasNoNeo4j } from '../support/real-neo4j.ts';

const LIMIT_MS = 300_000;

describe.skipIf(hasNoNeo4j)('a restore by the real neo4j-admin (skipped without Java and Maven)', () => {
  let admin: RealAdmin;
  let journey: FileJourney;

  beforeAll(async () => {
    admin = await startRealAdmin();
  }, LIMIT_MS);
  afterEach(() => journey?.end());
  afterAll(() => admin?.close());

  it('brings a real dump into the instance after a second person agreed to it, and both notices go out', {
    timeout: LIMIT_MS,
  }, async () => {
    journey = await startFileJourney({ admin });
    const card = await requestUpload(journey);
    const says = (words: string) =>
      until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words), LIMIT_MS);
    const sha256 = await sha256OfFile(admin.dump);
    await says(sha256);
    expect(journey.console.calls).toEqual([]);
    await approve(journey, card, PEOPLE.approver.id);
    await says('Overwritten: everything in');
    expect(journey.aura.instances.find(PRODUCTION.id)).toMatchObject({
      status: 'running',
      dataVersion: `file ${sha256.slice(0, 12)}`,
    });
    expect(journey.console.loads).toBe(1);
    expect(journey.proxy?.refused).toEqual([]);
    expect(journey.aura.calls('take-snapshot').filter(({ applied }) => applied)).toHaveLength(1);
    await until('both notices', () => noticesIn(journey, 'C0ORDERS').length === 2);
  });
});
