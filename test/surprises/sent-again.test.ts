import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import type { Persona } from '../../playground/slack/personas.ts';
import { cards, fillRequest, requestRestore } from '../../playground/story.ts';
import { type Site, startSite } from '../support/site.ts';
import { until } from '../support/until.ts';

/** Longer than Slack waits for an answer, shorter than the bot waits for Aura. */
const SLOW_MS = 8_000;

let site: Site;
let person: Persona;
beforeEach(async () => {
  site = await startSite();
  await site.start();
  person = await fillRequest(site);
  site.aura.faults.add({ kind: 'slow', route: 'get-instance', delayMs: SLOW_MS, times: 1 });
  expect(await person.submit()).toMatchObject({ isAcknowledged: false });
  expect(person.modal()?.errors).toHaveProperty('form');
});
afterEach(() => site.end());

describe('a form that Slack gave up on, because Aura was slow', () => {
  it('becomes one request when its button is pressed once more, also when that is over first', async () => {
    expect(await person.submit()).toMatchObject({ isAcknowledged: true });
    await until('the card', () => cards(site).length === 1);
    await withdrawTheCard();
    await sleep(SLOW_MS);
    expect(await site.eye.zrange('{rb}:open', 0, '-1')).toEqual([]);
    expect(cards(site)).toHaveLength(1);
  }, 60_000);

  it('becomes nothing when its sender asks afresh instead, and they are told so', async () => {
    person.closeModal();
    await requestRestore(site);
    await withdrawTheCard();
    const direct = () => site.slack.workspace.messages.filter(({ channel }) => channel === `D${person.id.slice(1)}`);
    await until(
      'the word',
      () => direct().some(({ text }) => /you have asked for the same again since, with R-1/.test(text)),
      20_000,
    );
    expect(await site.eye.zrange('{rb}:open', 0, '-1')).toEqual([]);
    expect(cards(site)).toHaveLength(1);
  }, 60_000);
});

async function withdrawTheCard(): Promise<void> {
  const [card] = cards(site);
  if (!card) throw new Error('there is no card');
  await person.click(card, ACTION.withdraw);
  await site.comesTo('R-1', 'withdrawn');
}
