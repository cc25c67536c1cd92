import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, noticesIn, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import {
  chooseFileMethod,
  FILE,
  type FileJourney,
  fillRest,
  formOf,
  LOADED,
  offeredId,
  requestUpload,
  SHA256,
  startFileJourney,
} from '../support/file-journey.ts';

let journey: FileJourney;
afterEach(() => journey.end());

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const production = () => journey.aura.instances.find(PRODUCTION.id);
const consoleCalls = (end: string) => journey.console.calls.filter(({ path }) => path.endsWith(end));

it('a worker uploads a file once: the card names it with its checksum, its own data is saved first, both notices go out', async () => {
  journey = await startFileJourney({ tool: { pauseMs: 100 } });
  const card = await requestUpload(journey);
  await cardSays(card, SHA256);
  expect(wordsOf(cardAt(journey, card))).toContain(`Everything in ${PRODUCTION.alias} is replaced`);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'A worker uploads the file with neo4j-admin');
  await cardSays(card, 'Overwritten: everything in');
  expect(production()).toMatchObject({ status: 'running', dataVersion: LOADED });
  expect(journey.console.loads).toBe(1);
  expect(consoleCalls('/auth')).toHaveLength(1);
  expect(journey.aura.calls('take-snapshot').filter(({ applied }) => applied)).toHaveLength(1);
  expect(journey.aura.calls('restore')).toEqual([]);
  await until('both notices', () => noticesIn(journey, 'C0ORDERS').length === 2);
});

it('an upload goes on while the bot is restarted, and is not started again', async () => {
  journey = await startFileJourney({ tool: { pauseMs: 600 } });
  const card = await requestUpload(journey);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'it is being uploaded');
  await journey.restart(() => until('the load while the bot is away', () => journey.console.loads === 1));
  await cardSays(card, 'Overwritten: everything in');
  expect(production()).toMatchObject({ status: 'running', dataVersion: LOADED });
  expect(consoleCalls('/auth')).toHaveLength(1);
  expect(journey.console.loads).toBe(1);
});

it('a checksum that is not the one of the file is refused in the form', async () => {
  journey = await startFileJourney();
  await chooseFileMethod(journey, 'upload');
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.choose(ACTION.chooseFile, offeredId(journey));
  await fillRest(journey, new Date(Date.now() - 86_400_000));
  rita.type(FIELD.fileSha256, 'cd'.repeat(32));
  await rita.submit();
  expect(JSON.stringify(rita.modal()?.errors)).toContain('another SHA-256');
  expect(cards(journey)).toEqual([]);
});

it('without a worker that has the tool the form says so and offers nothing', async () => {
  journey = await startFileJourney({ hasTool: false });
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.slash('/restore', PRODUCTION.alias, 'C0APPROVALS');
  await until('the form', () => formOf(journey).includes('restore points in'));
  await rita.choose(ACTION.chooseMethod, 'upload');
  await until('that nothing is offered', () => formOf(journey).includes('No worker offers a file'));
});

it('the wrong password ends it with the instance unchanged', async () => {
  journey = await startFileJourney({ password: 'wrong' });
  const card = await requestUpload(journey);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'the password of the database is wrong');
  await cardSays(card, 'The instance is unchanged');
  expect(production().dataVersion).toBe('now');
  expect(journey.console.loads).toBe(0);
});

it('an upload that hangs at 97 percent is stopped and ends it with the instance unchanged', async () => {
  journey = await startFileJourney({ tool: { hangAt: 97 }, timing: { upload_silence: '8s' } });
  const card = await requestUpload(journey);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'it is being uploaded, 97 percent');
  await cardSays(card, 'it said nothing for 8 seconds');
  await cardSays(card, 'The instance is unchanged');
  expect(journey.console.loads).toBe(0);
});

it('a load is told with how far it is, and when it fails with the way back', async () => {
  journey = await startFileJourney();
  const card = await requestUpload(journey);
  journey.aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1 });
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'neo4j-admin estimates');
  journey.aura.instances.settle(PRODUCTION.id, 'loading failed');
  await cardSays(card, 'The instance is not usable as it is');
  await cardSays(card, 'restore the safety snapshot named on the card');
  expect(journey.console.loads).toBe(1);
});

it('a file that was changed after the agreement is not uploaded', async () => {
  journey = await startFileJourney();
  const card = await requestUpload(journey);
  writeFileSync(join(journey.files, FILE), 'DZV1 another database');
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'has another size than when the plan was agreed to');
  expect(journey.console.calls).toEqual([]);
});

it('a file that is gone is waited for, and the start can still be stopped', async () => {
  journey = await startFileJourney();
  const card = await requestUpload(journey);
  rmSync(join(journey.files, FILE));
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Waiting for a worker that has neo4j-admin and the file orders.dump of exports');
  await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.cancel);
  await cardSays(card, 'was not overwritten');
  expect(journey.console.calls).toEqual([]);
});
