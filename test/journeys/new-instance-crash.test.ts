import { afterEach, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { KEY } from '../../src/store/keys.ts';
import { createMadeStore } from '../../src/store/made-store.ts';
import { type BotProcess, type Site, startSite } from '../support/site.ts';

let site: Site;
afterEach(() => site.end());

const others = () =>
  [...site.aura.instances.all.values()].filter(({ id }) => id !== PRODUCTION.id && id !== STAGING.id);
const created = () => site.aura.calls('create-instance');
const audited = (words: string) => site.slack.messages(CHANNELS.audit.id).filter(({ text }) => text.includes(words));

/** Asks for a preview of a request, which needs one click and no more. */
async function askForPreview() {
  const exportable = (ids: readonly string[]) =>
    ids.find((id) =>
      site.aura.instances.find(PRODUCTION.id).snapshots.some((one) => one.snapshot_id === id && one.exportable),
    );
  const asked = await requestRestore(site, { pick: exportable });
  const rita = site.slack.as(PEOPLE.requester.id);
  await rita.click(asked, ACTION.preview);
  await until('the price', () => JSON.stringify(rita.modal()?.view ?? {}).includes('3.20 USD for 2 h'));
  // As a person does whom Slack tells that it could not connect: the bot takes one form once.
  for (let tries = 0; rita.modal() && tries < 5; tries++) await rita.submit();
  return until('the card', () => cards(site)[1]);
}

/** Ends a process as a power cut would, and waits until it is gone, and two minutes more if it was just reaping. */
async function cutOff({ pid }: BotProcess) {
  process.kill(pid, 'SIGKILL');
  await until('its connection to drop', () => site.slack.socketCount() === 0);
  await site.eye.del(KEY.madeLease);
}

it('a worker that is killed before it recorded the answer to the create call, and none at the end of its time: one is made, and it is removed', async () => {
  site = await startSite({
    timing: { reaper: '0.2s' },
    settings: { prices: { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } } },
    productionSettings: {
      methods: ['restore-snapshot', 'new-instance'],
      new_instance: { monthly_cap: 50, preview: { time_to_live: '2h' } },
    },
  });
  const store = createMadeStore(site.eye);
  const first = await site.start();
  const card = await askForPreview();
  site.aura.faults.add({ kind: 'hang', route: 'create-instance', when: 'after', times: 1 });
  await approve(site, card);
  await until('the create call', () => created().some(({ applied }) => applied));
  await cutOff(first);
  expect(await store.open()).toEqual([expect.objectContaining({ state: { status: 'sent' } })]);
  const [made, ...more] = others();
  expect(more).toEqual([]);
  const looksBefore = site.aura.calls('list-instances').length;

  const second = await site.start();
  await until('its end', () => wordsOf(cardAt(site, card)).includes('The new instance runs'));
  expect(wordsOf(cardAt(site, card))).toContain('one-time password may be lost');
  expect(wordsOf(cardAt(site, card))).toContain(made?.id ?? 'none');
  expect(site.aura.calls('list-instances').length).toBeGreaterThan(looksBefore);
  expect(others().map(({ id }) => id)).toEqual([made?.id]);
  const [found] = await until('the audit channel', () => {
    const told = audited('or the bot ended before it could record the answer');
    return told.length > 0 && told;
  });
  expect(found?.text).toContain('Its one-time password may be lost');
  expect(site.slack.workspace.messages.filter(({ text }) => text.includes('password `'))).toEqual([]);

  await cutOff(second);
  const [record] = await store.open();
  if (!record || !made) throw new Error('there is no record of it');
  const removeAt = addMinutes(await store.now(), -130);
  await store.save({ ...record, version: record.version + 1, sentAt: addMinutes(removeAt, -120), removeAt });
  expect(site.aura.calls('delete-instance')).toEqual([]);

  await site.start('worker');
  await until('its removal', () => others().length === 0);
  const [removed] = await until('word of it', () => audited('was removed').length > 0 && audited('was removed'));
  expect(removed?.text).toContain('Its time was over');
  expect(removed?.text).toContain(removeAt.slice(0, 16).replace('T', ' '));
  expect(site.aura.calls('delete-instance').map(({ path }) => path)).toEqual([`/v1/instances/${made.id}`]);
  expect(created()).toHaveLength(1);
}, 240_000);
