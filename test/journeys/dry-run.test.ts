import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACTION, COPIED, DRY_RUN, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, noticesIn, sayWhyOther, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { METHODS, type Method } from '../../src/restore/plan.ts';
import {
  chooseFileMethod,
  FILE,
  type FileJourney,
  fillRest,
  formOf,
  offeredId,
  SHA256,
  startFileJourney,
} from '../support/file-journey.ts';

const LONG_MS = 120_000;
const DAY_MS = 86_400_000;
const OWN = `/v1/instances/${PRODUCTION.id}`;

let journey: FileJourney;
beforeAll(async () => {
  journey = await startFileJourney({
    settings: { prices: { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } } },
    productionSettings: {
      methods: METHODS,
      new_instance: { time_to_live: '2h', longest: '24h', monthly_cap: 50 },
    },
  });
}, LONG_MS);
afterAll(() => journey?.end());

const rita = () => journey.slack.as(PEOPLE.requester.id);
const shows = (words: string) => until(`the form to show "${words}"`, () => formOf(journey).includes(words), LONG_MS);

async function openForm(method: Method): Promise<void> {
  await rita().slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await shows('restore points in');
  await until('every day to be read', () => !formOf(journey).includes('are being read'), LONG_MS);
  if (method !== 'restore-snapshot') await rita().choose(ACTION.chooseMethod, method);
}

/** The newest point in the menu that every way takes. */
async function chooseExportable(): Promise<string> {
  const groups = await rita().suggestions(ACTION.chooseSnapshot, '');
  const points = groups.flatMap(({ options }) => options as { value: string; description?: { text: string } }[]);
  const point = points.find(({ description }) => description?.text.endsWith(', exportable'));
  if (!point) throw new Error('the form offers no exportable snapshot');
  await rita().choose(ACTION.chooseSnapshot, point.value);
  return point.value;
}

async function sayWhy(): Promise<void> {
  await rita().choose(ACTION.chooseReason, 'failed-migration');
  await shows('Keep in mind');
  rita().type(FIELD.reasonText, 'We rehearse for the night.');
  await sayWhyOther(rita(), 'All ways are rehearsed.');
}

/** Fills in the form of a way, and says which calls its report must list. */
const FILLED: Readonly<Record<Method, () => Promise<readonly (string | RegExp)[]>>> = {
  async 'restore-snapshot'() {
    await openForm('restore-snapshot');
    const point = await chooseExportable();
    await sayWhy();
    return [`POST ${OWN}/snapshots`, `POST ${OWN}/snapshots/${point}/restore`];
  },
  async overwrite() {
    await openForm('overwrite');
    await shows(ACTION.chooseSource);
    await rita().choose(ACTION.chooseSource, STAGING.alias);
    await rita().choose(ACTION.chooseCopied, COPIED.live);
    await sayWhy();
    return [`POST ${OWN}/snapshots`, `POST ${OWN}/overwrite, source ${STAGING.id}`];
  },
  async 'backup-file'() {
    await chooseFileMethod(journey, 'backup-file');
    rita().type(FIELD.fileName, FILE);
    rita().type(FIELD.fileSize, '3.2 GB');
    await fillRest(journey, new Date(Date.now() - DAY_MS));
    return [`POST ${OWN}/snapshots`, `no call: a person uploads ${FILE} into ${PRODUCTION.id} in the Aura console`];
  },
  async upload() {
    await chooseFileMethod(journey, 'upload');
    await until('the file', () => formOf(journey).includes(FILE), LONG_MS);
    await rita().choose(ACTION.chooseFile, offeredId(journey));
    rita().type(FIELD.fileSha256, SHA256);
    await fillRest(journey, new Date(Date.now() - DAY_MS));
    return [
      `POST ${OWN}/snapshots`,
      `neo4j-admin database upload --overwrite-destination=true of ${FILE} to ${PRODUCTION.id}`,
    ];
  },
  async 'new-instance'() {
    await openForm('new-instance');
    await shows(FIELD.newSize);
    const point = await chooseExportable();
    await sayWhy();
    return [
      `POST /v1/instances, business-critical 8GB, source ${PRODUCTION.id}, snapshot ${point}`,
      'DELETE /v1/instances/(the new one), at its time',
    ];
  },
};

/** What there is in Aura, and what it holds. */
const world = () =>
  [...journey.aura.instances.all.values()].map(({ id, status, dataVersion, snapshots }) => ({
    id,
    status,
    dataVersion,
    snapshots: snapshots.length,
  }));

it.each(METHODS)(
  'a dry run of %s goes from the command to its report with a second person, and no call changes anything',
  async (method) => {
    const [seen, before, asked] = [journey.aura.log.length, world(), cards(journey).length];
    const calls = await FILLED[method]();
    await rita().choose(ACTION.chooseDryRun, DRY_RUN);
    await rita().submit();
    expect(rita().modal()?.errors).toBeUndefined();
    const { channel, ts } = await until('the card', () => cards(journey)[asked], LONG_MS);
    const says = (words: string) =>
      until(words, () => wordsOf(cardAt(journey, { channel, ts })).includes(words), LONG_MS);
    await says('Dry run: nothing is changed');
    await approve(journey, { channel, ts }, PEOPLE.approver.id);
    await says('Dry run complete');
    for (const call of calls) expect(wordsOf(cardAt(journey, { channel, ts }))).toContain(call);

    const made = journey.aura.log.slice(seen);
    expect(made.some(({ route }) => route === 'get-instance')).toBe(true);
    expect(made.filter(({ method: verb, route }) => verb !== 'GET' && route !== 'token')).toEqual([]);
    expect(made.filter(({ applied, route }) => applied && route !== 'token')).toEqual([]);
    expect(journey.console.calls).toEqual([]);
    expect(world()).toEqual(before);
    expect(noticesIn(journey, CHANNELS.orders.id)).toEqual([]);
  },
  LONG_MS,
);
