import { afterEach, expect, it, vi } from 'vitest';
import { ACTION, DESCRIBED_FILE, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, keyOf, sayWhyOther, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { CONTENT, type FileJourney, formOf, offeredId, SHA256, startFileJourney } from '../support/file-journey.ts';

let journey: FileJourney;
afterEach(() => journey.end());

const { approver: owner, requester } = PEOPLE;
const VAULT = 'the vault of the data team';
const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));

async function start(): Promise<void> {
  journey = await startFileJourney({
    productionSettings: {
      exports: [
        {
          name: 'releases',
          every: 'on-request',
          keep_for: '90d',
          file_name: '{instance}-before.dump',
          place: VAULT,
          owners: { users: [owner.id] },
        },
      ],
    },
  });
}

/** The owner is asked for an export and records the file that it became. */
async function recordExport(): Promise<void> {
  await journey.slack.as(requester.id).slash('/restore', `export ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  const posted = (key: RegExp) =>
    until(`${key}`, () => journey.slack.workspace.messages.find((message) => key.test(keyOf(message))));
  const { channel, ts } = await posted(/^reminder:1:U0ANTON$/);
  const anton = journey.slack.as(owner.id);
  await anton.click({ channel, ts }, ACTION.recordExport);
  await until('the form of the export', () => anton.modal());
  anton.type(FIELD.exportSize, String(CONTENT.length));
  anton.type(FIELD.exportChecksum, SHA256.toUpperCase());
  await anton.submit();
  expect(anton.modal()).toBeUndefined();
  await posted(/^recorded$/);
}

const exportedSnapshot = () =>
  journey.aura.instances.find(PRODUCTION.id).snapshots.find(({ exportable }) => exportable);

async function chooseMethod(method: 'backup-file' | 'upload', shows: () => boolean): Promise<void> {
  const rita = journey.slack.as(requester.id);
  await rita.slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await until('the form', () => formOf(journey).includes('restore points in'));
  await vi.waitFor(
    async () => {
      await rita.choose(ACTION.chooseMethod, method);
      await until('the form of the method', shows, 2_000);
    },
    { timeout: 60_000 },
  );
}

/** Sends the form with everything that a file does not answer by itself. */
async function send(): Promise<{ channel: string; ts: string }> {
  const rita = journey.slack.as(requester.id);
  await rita.choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => formOf(journey).includes('Keep in mind'));
  rita.type(FIELD.reasonText, 'The migration lost half of the customers.');
  await sayWhyOther(rita);
  await rita.submit();
  expect(rita.modal()?.errors).toBeUndefined();
  const card = await until('the card', () => cards(journey)[0]);
  return { channel: card.channel, ts: card.ts };
}

it('a file that was recorded as exported is offered by hand: form, card, confirmation and steps name it by its record', async () => {
  await start();
  await recordExport();
  await chooseMethod('backup-file', () => formOf(journey).includes(FIELD.exported));
  const rita = journey.slack.as(requester.id);
  expect(formOf(journey)).toMatch(/Recorded exports of orders-prod.*orders-prod-before\.dump.*Not recorded/);
  await rita.choose(ACTION.chooseExported, DESCRIBED_FILE);
  await until('the fields of another file', () => formOf(journey).includes(FIELD.fileSha256));
  await rita.choose(ACTION.chooseExported, 'E-1');
  await until('what was recorded', () => formOf(journey).includes('Recorded export E-1'));
  for (const words of [SHA256, VAULT, `<@${owner.id}>`, PRODUCTION.id, exportedSnapshot()?.snapshot_id ?? '?'])
    expect(formOf(journey)).toContain(words);
  expect(formOf(journey)).not.toContain(FIELD.fileSha256);

  const card = await send();
  const anton = journey.slack.as(owner.id);
  await anton.click(card, ACTION.approve);
  const confirmation = JSON.stringify((await until('the confirmation', () => anton.modal())).view);
  anton.closeModal();
  for (const said of [wordsOf(cardAt(journey, card)), confirmation])
    for (const words of ['Recorded export:* E-1 of orders-prod', 'orders-prod-before.dump', SHA256, VAULT])
      expect(said).toContain(words);
  await approve(journey, card, owner.id);
  await cardSays(card, 'Everything is prepared: the file is to be uploaded in the Aura console now');
  expect(wordsOf(cardAt(journey, card))).toContain(`It was put here: ${VAULT}`);
});

it('a worker offers a recorded export apart from files that it only found, and asks nothing that was recorded', async () => {
  await start();
  await recordExport();
  await chooseMethod('upload', () => formOf(journey).includes('Recorded exports of orders-prod'));
  const rita = journey.slack.as(requester.id);
  await rita.choose(ACTION.chooseFile, offeredId(journey));
  await until('what was recorded', () => formOf(journey).includes('Recorded export E-1'));
  expect(formOf(journey)).toContain('A worker has it now, in exports');
  for (const field of [FIELD.fileSha256, FIELD.fileSavedAt]) expect(formOf(journey)).not.toContain(field);
  const card = await send();
  const savedAt = exportedSnapshot()?.timestamp.slice(0, 16).replace('T', ' ') ?? '?';
  for (const words of ['Recorded export:* E-1 of orders-prod', SHA256, 'orders.dump', savedAt])
    expect(wordsOf(cardAt(journey, card))).toContain(words);
  await approve(journey, card, owner.id);
  await cardSays(card, 'Overwritten: everything in');
  expect(journey.console.loads).toBe(1);
});
