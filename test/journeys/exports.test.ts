import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { keyOf, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { createExportStore } from '../../src/store/export-store.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const { approver: owner, requester } = PEOPLE;
const CHECKSUM = 'ab'.repeat(32);
const start = async (facts: Readonly<Record<string, unknown>> = {}) => {
  journey = await startJourney({
    productionSettings: {
      exports: [
        {
          name: 'releases',
          every: 'on-request',
          keep_for: '90d',
          file_name: '{instance}-{date}-before.backup',
          place: 'the vault of the data team',
          owners: { users: [owner.id] },
          ...facts,
        },
      ],
    },
  });
};

const answered = (person: string, words: RegExp) =>
  until(`${person} to read ${words}`, () =>
    journey.slack.workspace.messages.find(({ onlyFor, text }) => onlyFor === person && words.test(text)),
  );
const posted = (key: RegExp) =>
  until(`${key}`, () => journey.slack.workspace.messages.find((message) => key.test(keyOf(message))));

it('before a deployment the owner is told which snapshot to export, records the file, and the catalogue knows it', async () => {
  await start();
  const rita = journey.slack.as(requester.id);
  await rita.slash('/restore', `export ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  await answered(requester.id, /owners are asked to export .*E-1/);

  const reminder = await posted(/^reminder:1:U0ANTON$/);
  const newest = journey.aura.instances.find(PRODUCTION.id).snapshots.find(({ exportable }) => exportable);
  expect(wordsOf(reminder)).toContain(newest?.snapshot_id);
  expect(wordsOf(reminder)).toContain(`orders-prod-${newest?.timestamp.slice(0, 10)}-before.backup`);
  expect(wordsOf(reminder)).toContain(`<@${requester.id}> asked for it, before a deployment`);

  const anton = journey.slack.as(owner.id);
  await anton.click({ channel: reminder.channel, ts: reminder.ts }, ACTION.recordExport);
  await until('the form', () => anton.modal());
  anton.type(FIELD.exportSize, '12.5 GB');
  anton.type(FIELD.exportChecksum, 'not a checksum');
  await anton.submit();
  expect(JSON.stringify(anton.modal()?.errors)).toContain('64 characters');
  anton.type(FIELD.exportChecksum, CHECKSUM);
  await anton.submit();
  expect(anton.modal()).toBeUndefined();

  const recorded = await posted(/^recorded$/);
  expect(recorded.channel).toBe(CHANNELS.audit.id);
  expect(wordsOf(recorded)).toContain(CHECKSUM);
  expect(wordsOf(recorded)).toContain(`<@${owner.id}> has exported`);
  await rita.slash('/restore', `exports ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  await answered(requester.id, /Exported files of orders-prod[\s\S]*before\.backup[\s\S]*the vault of the data team/);

  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  const [file] = await createExportStore(redis).listExportedFiles(PRODUCTION.alias);
  const typed = await createRefusedRequestStore(redis).load('N-1');
  redis.disconnect();
  expect(typed).toBeUndefined();
  expect(file).toMatchObject({ exportId: 'E-1', file: { sizeBytes: 12.5 * 2 ** 30, sha256: CHECKSUM } });
  expect(file?.takenAt.slice(0, 19)).toBe(newest?.timestamp.slice(0, 19));

  await anton.click({ channel: reminder.channel, ts: reminder.ts }, ACTION.recordExport);
  await answered(owner.id, /recorded it already/);
});

it('who is no owner cannot record it; what is overdue stands on the home page and on the list', async () => {
  await start({ overdue_after: '0.1s', owners: { groups: ['S0DBOWNERS'] } });
  const sam = journey.slack.as(PEOPLE.stakeholder.id);
  await sam.slash('/restore', `export ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  const reminder = await posted(/^reminder:1:C0AUDIT$/);
  expect(wordsOf(reminder)).toContain('<!subteam^S0DBOWNERS>');

  await sam.click({ channel: reminder.channel, ts: reminder.ts }, ACTION.recordExport);
  await until('the form', () => sam.modal());
  sam.type(FIELD.exportSize, '1 GB');
  sam.type(FIELD.exportChecksum, CHECKSUM);
  await sam.submit();
  expect(JSON.stringify(sam.modal()?.errors)).toContain('only those who are named as owners');
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  const refused = await createRefusedRequestStore(redis).load('N-1');
  redis.disconnect();
  expect(refused).toMatchObject({
    instance: { alias: PRODUCTION.alias },
    history: [{ by: sam.id, facts: { attempt: 'record-export', reason: 'not-an-owner', about: 'E-1' } }],
  });
  sam.closeModal();

  await sam.openHome();
  const home = await until('the home', () => journey.slack.workspace.homes.get(PEOPLE.stakeholder.id)?.view);
  expect(JSON.stringify(home)).toMatch(/Overdue exports.*E-1.*orders-prod/);
  await sam.slash('/restore', 'exports', CHANNELS.approvals.id);
  await answered(PEOPLE.stakeholder.id, /OVERDUE\* E-1/);
});
