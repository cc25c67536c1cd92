import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, keyOf, noticesIn, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import {
  chooseFileMethod,
  type FileJourney,
  fillRest,
  SHA256,
  sendFileForm,
  startFileJourney,
} from '../support/file-journey.ts';

let journey: FileJourney;
afterEach(() => journey.end());

const YESTERDAY = () => new Date(Date.now() - 86_400_000);
const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const production = () => journey.aura.instances.find(PRODUCTION.id);
const PREPARED = 'Everything is prepared: the file is to be uploaded in the Aura console now';

async function describeFile(facts: { name?: string; size?: string; sha256?: string } = {}): Promise<void> {
  await chooseFileMethod(journey, 'backup-file');
  const rita = journey.slack.as(PEOPLE.requester.id);
  rita.type(FIELD.fileName, facts.name ?? 'orders.backup');
  rita.type(FIELD.fileSize, facts.size ?? '3.2 GB');
  if (facts.sha256) rita.type(FIELD.fileSha256, facts.sha256);
}

async function prepared(): Promise<{ channel: string; ts: string }> {
  await describeFile({ sha256: SHA256 });
  const card = await sendFileForm(journey, YESTERDAY());
  await cardSays(card, 'orders.backup');
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, PREPARED);
  return card;
}

/** Somebody does in the console what the card says. */
const uploadByHand = () => journey.aura.instances.loadFile(production(), 'the file');

it('a person is told what to do once everything is prepared, and what they do is watched and checked', async () => {
  journey = await startFileJourney({ pace: { restoreMs: 4_000 } });
  const card = await prepared();
  const said = wordsOf(cardAt(journey, card));
  for (const words of [
    `<@${PEOPLE.requester.id}> does this`,
    'Restore from backup file',
    SHA256,
    '3.2 GB',
    PRODUCTION.id,
  ])
    expect(said).toContain(words);
  const directly = await until('the direct message', () =>
    journey.slack
      .messages(`D${PEOPLE.requester.id.slice(1)}`)
      .find((message) => wordsOf(message).includes('Restore from backup file')),
  );
  expect(wordsOf(directly)).toContain('orders.backup');
  expect(journey.aura.calls('take-snapshot').filter(({ applied }) => applied)).toHaveLength(1);
  uploadByHand();
  await cardSays(card, 'Overwritten: everything in');
  expect(production()).toMatchObject({ status: 'running', dataVersion: 'the file' });
  expect(journey.aura.calls('restore')).toEqual([]);
  expect(journey.console.calls).toEqual([]);
  await until('both notices', () => noticesIn(journey, 'C0ORDERS').length === 2);
});

it('nothing that shows within the limit is for a person to judge, who says that nothing was uploaded', async () => {
  journey = await startFileJourney({ productionSettings: { file_load: '3s' } });
  const card = await prepared();
  await cardSays(card, 'It must not be uploaded any more without a new request');
  await cardSays(card, 'say whether the file was uploaded');
  await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeDidNotRun);
  await cardSays(card, 'A person said that the file was not uploaded');
  await cardSays(card, 'The instance is unchanged');
  expect(JSON.stringify(cardAt(journey, card).blocks), 'there is nothing to undo').not.toContain(ACTION.undo);
  expect(production().dataVersion).toBe('now');
});

it('a load that fails is told with the way back', async () => {
  journey = await startFileJourney({ pace: { restoreMs: 4_000 } });
  const card = await prepared();
  journey.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
  uploadByHand();
  await cardSays(card, 'The instance is not usable as it is');
  await cardSays(card, 'restore the safety snapshot named on the card');
  await cardSays(card, 'The bot cannot put an instance back that does not run');
  expect(JSON.stringify(cardAt(journey, card).blocks)).not.toContain(ACTION.undo);
});

it('who was to upload it may say that they will not', async () => {
  journey = await startFileJourney();
  const card = await prepared();
  await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeDidNotRun);
  await cardSays(card, 'A person said that the file was not uploaded');
});

it('a load so quick that nobody saw it counts when a person says so', async () => {
  journey = await startFileJourney();
  const card = await prepared();
  await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeRan);
  await cardSays(card, 'Overwritten: everything in');
});

it('a file that was loaded while nobody could look counts when a person says so', async () => {
  journey = await startFileJourney({ productionSettings: { file_load: '3s' } });
  const card = await prepared();
  await cardSays(card, 'No look showed that Aura loaded it');
  await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeRan);
  await cardSays(card, 'Overwritten: everything in');
});

it.each([
  [{ name: 'orders.zip' }, 'It ends in .backup, .dump or .tar'],
  [{ name: 'orders.tar' }, 'This instance cannot load such a file'],
  [{ size: 'large' }, 'Give its size'],
  [{ size: '4.1 GB' }, 'The Aura console takes files of up to 4 GB'],
  [{ sha256: 'abc' }, 'A SHA-256 has 64 characters'],
])('a file %j is refused in the form', async (facts, words) => {
  journey = await startFileJourney();
  await describeFile(facts);
  await fillRest(journey, YESTERDAY());
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.submit();
  expect(JSON.stringify(rita.modal()?.errors)).toContain(words);
  expect(cards(journey)).toEqual([]);
});

it('a snapshot that somebody restores in the console meanwhile is told apart from the file', async () => {
  journey = await startFileJourney({
    pace: { restoreMs: 6_000 },
    settings: { shadow_restores: { look_every: '0.4s' } },
  });
  const card = await prepared();
  journey.aura.console.restore(PRODUCTION.id);
  await cardSays(card, 'which no file load does: somebody else restores it');
  await until('the audit channel', () =>
    journey.slack.messages(CHANNELS.audit.id).some((message) => keyOf(message).startsWith('found:')),
  );
  expect(wordsOf(cardAt(journey, card))).not.toContain('Overwritten: everything in');
});
