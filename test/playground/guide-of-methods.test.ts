import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, DRY_RUN, FIELD, NEED } from '../../messages/action-ids.ts';
import { QUICK } from '../../playground/aura/assumptions.ts';
import { startBotProcess } from '../../playground/bot-process.ts';
import { listeningBot, type PlaygroundClock, startPlaygroundClock } from '../../playground/clock/playground-clock.ts';
import { type DemoWorld, startDemoWorld } from '../../playground/demo-world.ts';
import { createSidePanel, type SidePanel } from '../../playground/page/side-panel.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { type Records, readRecords } from '../../playground/records.ts';
import { approve, cardAt, cards, requestRestore, sayWhyOther, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { chooseFileMethod, sendFileForm } from '../support/file-journey.ts';

const { requester, secondApprover } = PEOPLE;
const DAY_MS = 86_400_000;
const LONGEST_MS = 150_000;
/** Long enough that the bot, which looks once a second, sees an instance loading. */
const PACE = { ...QUICK, restoreMs: 3_000 };

let world: DemoWorld;
let bot: Awaited<ReturnType<typeof startBotProcess>>;
let clock: PlaygroundClock;
let records: Records;
let panel: SidePanel;

type Card = { readonly channel: string; readonly ts: string };
const rita = () => world.slack.as(requester.id);
const form = () => JSON.stringify(rita().modal()?.view ?? {});
const aura = (id: string) => world.aura.instances.find(id);
const cardSays = (card: Card, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(world, card)).includes(words));
const heard = (channel: string, words: string) =>
  until(
    `${channel} to hear "${words}"`,
    () => world.slack.messages(channel).some((one) => wordsOf(one).includes(words)),
    60_000,
  );
const shown = async (id: string) => (await panel.view()).instances.find((instance) => instance.id === id);
const yesterday = () => new Date(Date.now() - DAY_MS);

/** Says why in the open form, and sends it; returns where its card stands. */
async function sayWhyAndSend({ hasAdvice = true } = {}): Promise<Card> {
  await rita().choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => form().includes('Keep in mind'));
  rita().type(FIELD.reasonText, 'The migration lost half of the customers.');
  if (hasAdvice) await sayWhyOther(rita(), 'We want to see it first.');
  const before = cards(world).length;
  await rita().submit();
  expect(rita().modal()?.errors).toBeUndefined();
  const card = await until('the card', () => cards(world)[before]);
  return { channel: card.channel, ts: card.ts };
}

/** The first exportable restore point that the open form offers. */
async function chooseExportable(): Promise<void> {
  const groups = await until('restore points', () => rita().suggestions(ACTION.chooseSnapshot, ''));
  const options = groups.flatMap((group) => group.options as { value: string; description?: { text: string } }[]);
  const point = options.find(({ description }) => description?.text.endsWith(', exportable'));
  await rita().choose(ACTION.chooseSnapshot, point?.value ?? '');
}

/** Asks for an overwrite of production from the newest exportable snapshot of staging. */
async function askForOverwrite(): Promise<Card> {
  await rita().slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await until('the form', () => form().includes('restore points in'));
  await rita().choose(ACTION.chooseMethod, 'overwrite');
  await until('the sources', () => form().includes(ACTION.chooseSource));
  await rita().choose(ACTION.chooseSource, STAGING.alias);
  await until('the snapshots of the source', () => form().includes('Snapshot of'));
  await chooseExportable();
  return sayWhyAndSend();
}

/** Asks for an upload of this file to staging. */
async function askForUpload(name: string): Promise<Card> {
  await chooseFileMethod(world, 'upload', STAGING.alias);
  const id = await until(
    'the file',
    () => new RegExp(`"text":"${name}"[^{}]*\\},"value":"([0-9a-f]{20})"`).exec(form())?.[1],
  );
  await rita().choose(ACTION.chooseFile, id);
  return sendFileForm(world, yesterday());
}

/** What the guide says of the ways back, in the demo's own world with the real bot. */
describe('the scenes of the ways back', () => {
  beforeAll(async () => {
    clock = startPlaygroundClock();
    world = await startDemoWorld({ pace: PACE });
    bot = await startBotProcess(world, undefined, { movableClock: true });
    clock.lead(listeningBot(bot, world.slack));
    records = readRecords(world);
    const { files, prices, importConsole } = world;
    panel = createSidePanel(world, { time: { clock, records }, hasGuide: true, files, prices, importConsole });
  }, 60_000);
  afterAll(async () => {
    records.close();
    clock.close();
    await bot.stop();
    await world.close();
  });

  it(
    'advice changes with what is said, and leads to the form with that way chosen',
    async () => {
      await rita().slash('/restore', `advise ${STAGING.alias}`, CHANNELS.approvals.id);
      const advises = (way: string) =>
        until(`advice to ${way}`, () => form().includes(`Advice for ${STAGING.alias}: ${way}`));
      await advises('Restore one of its snapshots');
      await rita().choose(ACTION.adviceWhere, 'file');
      await advises('Upload a backup file in the Aura console');
      await rita().choose(ACTION.adviceNeeds, NEED.automated);
      await advises('Upload a backup file with neo4j-admin');
      await rita().submit();
      await until('the form with the files', () => form().includes(ACTION.chooseFile));
      rita().closeModal();
    },
    LONGEST_MS,
  );

  it(
    'a dry run lists its calls and makes none',
    async () => {
      const card = await requestRestore(world, {
        beforeSubmit: async () => void (await rita().choose(ACTION.chooseDryRun, DRY_RUN)),
      });
      await approve(world, card, secondApprover.id);
      await cardSays(card, 'Dry run complete');
      expect((await panel.view()).changingCalls.filter(({ count }) => count > 0)).toEqual([]);
    },
    LONGEST_MS,
  );

  it(
    'an overwrite names both instances, and an undo of it brings the data back',
    async () => {
      aura(STAGING.id).dataVersion = 'what staging holds';
      aura(PRODUCTION.id).dataVersion = 'just before';
      const card = await askForOverwrite();
      await cardSays(card, `With the data of:* *${STAGING.alias}*`);
      await approve(world, card, secondApprover.id);
      await cardSays(card, 'Overwritten: everything in');
      expect(aura(PRODUCTION.id).dataVersion).not.toBe('just before');

      const before = cards(world).length;
      await rita().click(card, ACTION.undo);
      await until('what would be lost', () => form().includes('will be lost'));
      await rita().submit();
      const undoing = await until('the card of the undo', () => cards(world)[before]);
      await approve(world, undoing, secondApprover.id);
      await cardSays(card, 'Undone* by');
      expect((await shown(PRODUCTION.id))?.data).toEqual([expect.objectContaining({ value: 'just before' })]);
    },
    LONGEST_MS,
  );

  it(
    'an overwrite whose answer is lost, by the switch of the panel, is looked for and sent once',
    async () => {
      const overwrites = () => world.aura.calls('overwrite').filter(({ applied }) => applied).length;
      const before = overwrites();
      expect(await panel.act({ type: 'fault', id: 'lose-overwrite-answer' })).toContain('its answer is lost');
      const card = await askForOverwrite();
      await approve(world, card, secondApprover.id);
      await cardSays(card, 'Overwritten: everything in');
      expect(overwrites()).toBe(before + 1);
    },
    LONGEST_MS,
  );

  it(
    'a worker uploads a file of the catalogue, and not one that was damaged after it was asked for',
    async () => {
      const [first, second] = (await panel.view()).files ?? [];
      if (!first || !second) throw new Error('the catalogue shows no two files');
      const card = await askForUpload(first.name);
      await approve(world, card, secondApprover.id, STAGING.alias);
      await cardSays(card, 'Overwritten: everything in');
      expect((await shown(STAGING.id))?.data).toEqual([
        expect.objectContaining({ value: `file ${first.sha256.slice(0, 12)}` }),
      ]);

      const next = await askForUpload(second.name);
      await panel.act({ type: 'damage-file', name: second.name });
      const damaged = (await panel.view()).files?.find(({ name }) => name === second.name);
      expect(damaged).toMatchObject({ sizeBytes: second.sizeBytes });
      expect(damaged?.sha256).not.toBe(second.sha256);
      await approve(world, next, secondApprover.id, STAGING.alias);
      await cardSays(next, 'The instance is unchanged');
      expect(world.importConsole.loads).toBe(1);
    },
    LONGEST_MS,
  );

  it('a file that is put there is in the catalogue, and no other than those of the directory can be damaged', async () => {
    const said = await panel.act({ type: 'put-file' });
    const names = (await panel.view()).files?.map(({ name }) => name) ?? [];
    expect(names.some((name) => said.includes(name))).toBe(true);
    expect(await panel.act({ type: 'damage-file', name: '../restore-bot.yaml' })).toBe('There is no such file.');
  });

  it(
    'a backup file that a person uploads in the console, by the button of its instance',
    async () => {
      expect((await shown(STAGING.id))?.consoleActs.map(({ id }) => id)).not.toContain('agreed-file');
      await chooseFileMethod(world, 'backup-file', STAGING.alias);
      rita().type(FIELD.fileName, 'orders-friday.backup');
      rita().type(FIELD.fileSize, '2 GB');
      const card = await sendFileForm(world, yesterday());
      await cardSays(card, 'so nobody can prove that it is this file');
      await approve(world, card, secondApprover.id, STAGING.alias);
      await cardSays(card, 'Restore from backup file');
      await heard(`D${requester.id.slice(1)}`, 'Restore from backup file');
      await cardSays(card, 'for somebody to upload the file');
      expect((await shown(PRODUCTION.id))?.consoleActs.map(({ id }) => id)).not.toContain('agreed-file');
      await panel.act({ type: 'console', instanceId: STAGING.id, id: 'agreed-file' });
      await cardSays(card, 'Overwritten: everything in');
      expect(aura(STAGING.id).dataVersion).toBe('file orders-friday.backup');
    },
    LONGEST_MS,
  );

  it('what Aura does not do now is said, and nothing happens', async () => {
    aura(STAGING.id).status = 'paused';
    const said = await panel.act({ type: 'console', instanceId: STAGING.id, id: 'restore' });
    aura(STAGING.id).status = 'running';
    expect(said).toContain('The instance is paused');
  });

  it(
    'a preview is made at its price, shown with its end, and gone when its time is over',
    async () => {
      expect((await panel.view()).prices?.map(({ price }) => price)).toContain('1.60 USD an hour');
      const exportable = new Set(
        aura(PRODUCTION.id).snapshots.flatMap((one) => (one.exportable ? [one.snapshot_id] : [])),
      );
      const asked = await requestRestore(world, { pick: (ids) => ids.find((id) => exportable.has(id)) });
      await rita().click(asked, ACTION.preview);
      await until('the price', () => form().includes('3.20 USD for 2 h'));
      const card = await sayWhyAndSend({ hasAdvice: false });
      await approve(world, card, secondApprover.id);
      await cardSays(card, 'The new instance runs');
      const made = (await panel.view()).instances.find(({ removeAt }) => removeAt !== undefined);
      expect(made?.alias).toMatch(/^rb-R-/);
      await panel.act({ type: 'move-clock', id: 'a-day' });
      await until('its end', () => !world.aura.instances.all.has(made?.id ?? ''));
      await heard(CHANNELS.audit.id, 'was removed');
    },
    LONGEST_MS,
  );

  it(
    'a restore past the bot is said in the audit channel',
    async () => {
      await expect.poll(async () => (await shown(PRODUCTION.id))?.status, { timeout: 60_000 }).toBe('running');
      // Slower than the bot looks for it.
      world.aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1 });
      await panel.act({ type: 'console', instanceId: PRODUCTION.id, id: 'restore' });
      await heard(CHANNELS.audit.id, 'Somebody else is restoring');
    },
    LONGEST_MS,
  );

  it('the source of an overwrite loses its snapshot or is deleted, by the buttons of its instance', async () => {
    const acts = (await shown(STAGING.id))?.consoleActs.map(({ id }) => id);
    expect(acts).toEqual(expect.arrayContaining(['drop-snapshot', 'delete']));
    const exportable = () => aura(STAGING.id).snapshots.filter((one) => one.exportable && one.status === 'Completed');
    const [newest] = exportable();
    if (!newest) throw new Error('staging has no exportable snapshot');
    const console = (id: string) => panel.act({ type: 'console', instanceId: STAGING.id, id });
    expect(await console('drop-snapshot')).toContain(newest.timestamp);
    expect(exportable()).not.toContain(newest);
    expect(await console('delete')).toContain('is deleted, with all its snapshots');
    expect(await shown(STAGING.id)).toBeUndefined();
  });
});
