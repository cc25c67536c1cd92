import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, COPIED, FIELD, OVERRIDE } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import type { SimMessage } from '../../playground/slack/workspace.ts';
import {
  approve,
  cardAt,
  cards,
  confirm,
  keyOf,
  sayWhyOther,
  until as untilFor,
  wordsOf,
} from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { everyMessage } from '../support/every-message.ts';
import { chooseFileMethod, type FileJourney, startFileJourney } from '../support/file-journey.ts';

const { requester, approver, secondApprover, stakeholder } = PEOPLE;
const LONGEST_MS = 120_000;
const WAIT_MS = 40_000;
const ATTACK =
  '<!channel> <!everyone> <!here> <!subteam^S0EVE> <@U0EVE> <#C0EVE> <https://evil.example|Approve> *bold* \u202egnp.exe\u2066\u200b\ufeff\u0000 & "';
const CHECKSUM = 'ab'.repeat(32);
const HOSTILE = `${ATTACK}${'x'.repeat(10_000)} ${ATTACK}`;
/** What a file system allows of it. */
const FILE_NAME = `${ATTACK.replaceAll(/[/\0]/g, '').slice(0, 120)}.dump`;

let journey: FileJourney;
/** How many of the calls to Slack were looked at. */
let looked = 0;
/** The text fields of the bot's forms into which the hostile text was typed and sent. */
const attacked = new Set<string>();

type Card = { readonly channel: string; readonly ts: string };
const until = <T>(what: string, look: () => T | undefined | false) => untilFor(what, look, WAIT_MS);
const as = (person: { readonly id: string }) => journey.slack.as(person.id);
const viewOf = (person: { readonly id: string }) => JSON.stringify(as(person).modal()?.view ?? {});
const opened = (person: { readonly id: string }) => until('the form', () => as(person).modal());
/** The form was taken; or what it says against it. */
const closed = (person: { readonly id: string }) =>
  expect(as(person).modal()?.errors ?? as(person).modal()?.id).toBeUndefined();
const cardSays = (card: Card, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const heard = (channel: string, key: RegExp): Promise<SimMessage> =>
  until(`${key}`, () => journey.slack.messages(channel).find((message) => key.test(keyOf(message))));

/** Types the hostile text into every text field of the open form, and what is said of some into those. */
function typeHostile(person: { readonly id: string }, instead: Readonly<Record<string, string>> = {}): void {
  for (const id of textFieldsIn(as(person).modal()?.view)) {
    as(person).type(id, instead[id] ?? HOSTILE);
    if (!instead[id]) attacked.add(fieldOf(id));
  }
}

/** Opens the form of an instance and chooses its method, and a start in the freeze, which an override allows. */
async function openForm(method: string): Promise<void> {
  await as(requester).slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await until('the form', () => viewOf(requester).includes('restore points in'));
  await as(requester).choose(ACTION.chooseMethod, method);
}

/** Chooses a snapshot that is exportable, as every method takes it. */
async function chooseSnapshot(): Promise<void> {
  const groups = await until('restore points', () => as(requester).suggestions(ACTION.chooseSnapshot, ''));
  const options = groups.flatMap((group) => group.options as { value: string; description?: { text: string } }[]);
  const point = options.find(({ description }) => description?.text.endsWith(', exportable'));
  await as(requester).choose(ACTION.chooseSnapshot, point?.value ?? '');
}

/** Sends the open form with hostile text everywhere, and corrects what the bot does not take. */
async function send(correct: Readonly<Record<string, string>> = {}): Promise<Card> {
  await as(requester).choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => viewOf(requester).includes('Keep in mind'));
  await as(requester).choose(ACTION.chooseOverride, OVERRIDE.yes);
  await until('the question why', () => viewOf(requester).includes(FIELD.overrideReason));
  const before = cards(journey).length;
  await sayWhyOther(as(requester));
  typeHostile(requester);
  await as(requester).submit();
  if (as(requester).modal()) {
    typeHostile(requester, correct);
    await as(requester).submit();
  }
  closed(requester);
  const { channel, ts } = await until('the card', () => cards(journey)[before]);
  return { channel, ts };
}

async function deny(card: Card): Promise<void> {
  await as(approver).click(card, ACTION.deny);
  await opened(approver);
  typeHostile(approver);
  await as(approver).submit();
  closed(approver);
  await cardSays(card, 'Denied');
}

beforeAll(async () => {
  journey = await startFileJourney({
    moreFiles: [FILE_NAME],
    settings: {
      prices: { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } },
      shadow_restores: { look_every: '0.4s' },
    },
    productionSettings: {
      methods: ['restore-snapshot', 'overwrite', 'backup-file', 'upload', 'new-instance'],
      new_instance: { time_to_live: '2h', longest: '24h', monthly_cap: 50 },
      notice_lead: '1h',
      freezes: [{ name: 'Month-end', from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' }],
      freeze_override: { approvers: { users: [secondApprover.id] } },
      exports: [
        {
          name: 'releases',
          every: 'on-request',
          keep_for: '90d',
          place: 'the vault',
          owners: { users: [approver.id] },
        },
      ],
    },
    prepare: ({ aura }) => {
      for (const { id } of [PRODUCTION, STAGING]) aura.instances.find(id).name = HOSTILE.slice(0, 200);
    },
  });
}, LONGEST_MS);
afterAll(() => journey?.end());

describe('hostile text in every field', () => {
  /** Shown and not obeyed, in everything that was said so far, and within every limit of Slack. */
  afterEach(() => {
    const said = journey.slack.calls
      .slice(looked)
      .filter(({ method }) => method.startsWith('chat.') || method.startsWith('views.'));
    looked = journey.slack.calls.length;
    // A form that was sent or closed while the bot drew it again is gone.
    const refused = said.filter(({ method, error }) => error && !(method === 'views.update' && error === 'not_found'));
    expect(refused.map(({ method, error }) => `${method}: ${error}`)).toEqual([]);
    for (const { args } of said) {
      for (const markup of [String(args.text ?? ''), ...textsIn(args, true)]) {
        expect(markup).not.toMatch(/<!(channel|here|everyone)|<!subteam\^S0EVE|<@U0EVE|<#C0EVE|<https:\/\/evil/);
      }
      for (const text of [String(args.text ?? ''), ...textsIn(args)]) {
        expect(text).not.toMatch(/(?![\n\t])(?:\p{Cc}|\p{Cf})/u);
      }
    }
  });

  it(
    'of an overwrite in a freeze, of a condition, and of a denial',
    async () => {
      await openForm('overwrite');
      await until('the sources', () => viewOf(requester).includes(ACTION.chooseSource));
      await as(requester).choose(ACTION.chooseSource, STAGING.alias);
      await until('the snapshots of the source', () => viewOf(requester).includes('Snapshot of'));
      await chooseSnapshot();
      const card = await send();
      await cardSays(card, 'With the data of');

      await as(approver).click(card, ACTION.approve);
      await opened(approver);
      typeHostile(approver);
      await as(approver).submit();
      expect(as(approver).modal()?.errors).toHaveProperty([FIELD.instanceName]);
      as(approver).type(FIELD.restorePointTyped, '');
      await confirm(journey, card, approver.id);
      await as(approver).submit();
      closed(approver);
      await cardSays(card, 'Waits for');
      await as(requester).click(card, ACTION.declineProviso);
      await until('the decline', () => !wordsOf(cardAt(journey, card)).includes('Waits for'));
      await deny(card);
    },
    LONGEST_MS,
  );

  it(
    'of the confirmation that the data of another instance takes the place of all there is',
    async () => {
      await openForm('overwrite');
      await until('the sources', () => viewOf(requester).includes(ACTION.chooseSource));
      await as(requester).choose(ACTION.chooseSource, STAGING.alias);
      await until('the copies', () => viewOf(requester).includes(ACTION.chooseCopied));
      await as(requester).choose(ACTION.chooseCopied, COPIED.live);
      const card = await send();
      await as(approver).click(card, ACTION.approve);
      await opened(approver);
      typeHostile(approver);
      await as(approver).submit();
      expect(as(approver).modal()?.errors).toHaveProperty([FIELD.sourceName]);
      as(approver).closeModal();
      await deny(card);
    },
    LONGEST_MS,
  );

  it(
    'of a new instance',
    async () => {
      await openForm('new-instance');
      await until('the sizes', () => viewOf(requester).includes(FIELD.newSize));
      await chooseSnapshot();
      await deny(await send());
    },
    LONGEST_MS,
  );

  it(
    'of a file that somebody uploads in the console',
    async () => {
      await chooseFileMethod(journey, 'backup-file');
      await as(requester).choose(ACTION.chooseSavedAt, Math.floor(Date.now() / 1000) - 86_400);
      const card = await send({
        [FIELD.fileName]: `${HOSTILE}.backup`,
        [FIELD.fileSize]: '2 GB',
        [FIELD.fileSha256]: CHECKSUM,
      });
      await cardSays(card, CHECKSUM);
      await deny(card);
    },
    LONGEST_MS,
  );

  it(
    'of a file that a worker uploads',
    async () => {
      await chooseFileMethod(journey, 'upload');
      const id = await until('the file', fileOffered);
      await as(requester).choose(ACTION.chooseFile, id);
      await as(requester).choose(ACTION.chooseSavedAt, Math.floor(Date.now() / 1000) - 86_400);
      await deny(await send({ [FIELD.fileSha256]: '' }));
    },
    LONGEST_MS,
  );

  it(
    'of an export that is recorded, and on the list of them',
    async () => {
      await as(requester).slash('/restore', `export ${PRODUCTION.alias}`, CHANNELS.approvals.id);
      const { channel, ts } = await heard(`D${approver.id.slice(1)}`, /^reminder:1:/);
      await as(approver).click({ channel, ts }, ACTION.recordExport);
      await opened(approver);
      typeHostile(approver);
      await as(approver).submit();
      expect(as(approver).modal()?.errors).toBeDefined();
      typeHostile(approver, {
        [FIELD.exportFile]: `${HOSTILE}.backup`,
        [FIELD.exportSize]: '1 GB',
        [FIELD.exportChecksum]: CHECKSUM,
      });
      await as(approver).submit();
      closed(approver);
      await heard(CHANNELS.audit.id, /^recorded$/);
      await as(requester).slash('/restore', `exports ${PRODUCTION.alias}`, CHANNELS.approvals.id);
      await until('the list', () =>
        journey.slack.workspace.messages.some(
          ({ onlyFor, text }) => onlyFor === requester.id && /Exported files/.test(text),
        ),
      );
    },
    LONGEST_MS,
  );

  it(
    'of an objection and the answer to it',
    async () => {
      await openForm('restore-snapshot');
      await until('the restore point', () => viewOf(requester).includes(ACTION.chooseSnapshot));
      await chooseSnapshot();
      const card = await send();
      await approve(journey, card, approver.id);
      await approve(journey, card, secondApprover.id);
      const { channel, ts } = await heard(CHANNELS.orders.id, /^head:/);
      await as(stakeholder).click({ channel, ts }, ACTION.object);
      await opened(stakeholder);
      typeHostile(stakeholder);
      await as(stakeholder).submit();
      await cardSays(card, 'Held by an objection');
      await as(approver).click(card, ACTION.answer);
      await opened(approver);
      await as(approver).choose('kind', 'stop');
      typeHostile(approver);
      await as(approver).submit();
      await cardSays(card, '*Stopped* by');
    },
    LONGEST_MS,
  );

  it(
    'of a command, and of a question for advice',
    async () => {
      const words = [
        '',
        'advise ',
        'delegate ',
        'snapshots ',
        'snapshot ',
        'export ',
        'exports ',
        'status ',
        'cancel ',
        'undo ',
      ];
      for (const word of words) {
        await as(approver).slash('/restore', `${word}${HOSTILE}`, CHANNELS.approvals.id);
        if (as(approver).modal()) as(approver).closeModal();
      }
      await as(requester).slash('/restore', `advise ${PRODUCTION.alias}`, CHANNELS.approvals.id);
      await until('the advice', () => viewOf(requester).includes(ACTION.adviceSize));
      typeHostile(requester);
      await as(requester).choose(ACTION.adviceNeeds, 'automated');
      as(requester).closeModal();
    },
    LONGEST_MS,
  );

  it(
    'of an instance that somebody restores past the bot',
    async () => {
      journey.aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1 });
      journey.aura.console.restore(PRODUCTION.id);
      await heard(CHANNELS.audit.id, /^found:/);
      journey.aura.instances.settle(PRODUCTION.id, 'running');
      const { channel, ts } = await heard(CHANNELS.audit.id, /^ended:/);
      await as(approver).click({ channel, ts }, ACTION.announceShadow);
      await heard(CHANNELS.orders.id, /^announced:/);
    },
    LONGEST_MS,
  );

  it('was in every text field that a form of the bot has', () => {
    const all = everyMessage({ language: 'en', zone: 'UTC' }).flatMap(({ payload }) =>
      textFieldsIn(payload).map(fieldOf),
    );
    expect([...new Set(all)].filter((field) => !attacked.has(field))).toEqual([]);
  });
});

function fileOffered(): string | undefined {
  const offered = /"text":"[^"]*channel[^"]*"[^{}]*\}[^{}]*"value":"([0-9a-f]{20})"/.exec(viewOf(requester));
  return offered?.[1];
}

/** Block ids of a form's text fields. */
function textFieldsIn(view: unknown): readonly string[] {
  const blocks = isRecord(view) && Array.isArray(view.blocks) ? view.blocks.filter(isRecord) : [];
  return blocks
    .filter(({ element }) => isRecord(element) && element.type === 'plain_text_input')
    .map(({ block_id }) => String(block_id));
}

/** A field without what its block id says besides, such as the instance. */
function fieldOf(blockId: string): string {
  return blockId.split(':')[0] ?? blockId;
}

/** Every text that a call shows; with `asMarkup` those alone in which Slack reads markup. */
function textsIn(value: unknown, asMarkup = false): readonly string[] {
  if (typeof value === 'string' && /^[[{]/.test(value)) return textsIn(JSON.parse(value), asMarkup);
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, asMarkup));
  if (!isRecord(value)) return [];
  const isShown = typeof value.text === 'string' && typeof value.type === 'string';
  const own = isShown && (!asMarkup || value.type === 'mrkdwn') ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap((one) => (typeof one === 'string' ? [] : textsIn(one, asMarkup)))];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
