import { it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { PEOPLE } from '../../playground/people.ts';
import { confirm, requestRestore } from '../../playground/story.ts';
import { startSite } from '../support/site.ts';
import { until } from '../support/until.ts';

it('who is told no so late that Slack may have given up on the form is told it in a direct message too', async ({
  onTestFinished,
}) => {
  const site = await startSite();
  onTestFinished(() => site.end());
  const bot = await site.start();
  const card = await requestRestore(site);
  const { id } = PEOPLE.approver;
  const person = site.slack.as(id);
  await person.click(card, ACTION.approve);
  await until('the form', () => person.modal() !== undefined);
  await confirm(site, card, id);
  // A bot that has just started knows nobody, and Slack says nothing: first of who they are, then of how they read.
  await bot.stop();
  await site.start();
  site.slack.faults.add({ kind: 'slow', method: 'users.info', delayMs: 6_000, times: 20 });
  await person.submit();
  const direct = () =>
    site.slack.workspace.messages.filter(({ channel }) => channel === `D${id.slice(1)}`).map(({ text }) => text);
  await until(
    'the word',
    () => direct().some((text) => text.includes('Slack did not say who you are in time')),
    20_000,
  );
}, 60_000);
