import { afterEach, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP } from '../../playground/people.ts';
import { confirm, requestRestore, until } from '../../playground/story.ts';
import { type Site, startSite } from '../support/site.ts';

const CROWD = 200;

let site: Site;
afterEach(() => site.end());

it('two hundred people approve at the same moment: one decides, everybody else is told that it is decided, and the history keeps each refusal once', async () => {
  site = await startSite();
  await site.start();
  const crowd = Array.from({ length: CROWD }, (_, index) => `U0CROWD${index}`);
  for (const id of crowd) site.slack.workspace.users.push({ id, name: id.toLowerCase(), realName: id, tz: 'UTC' });
  const { groups } = site.slack.workspace;
  groups.splice(0, groups.length, { id: APPROVERS_GROUP, handle: 'database-owners', users: crowd });

  const card = await requestRestore(site);
  const people = crowd.map((id) => site.slack.as(id));
  for (const person of people) {
    await person.click(card, ACTION.approve);
    await until(`${person.id} to see the form`, () => person.modal());
    await confirm(site, card, person.id);
  }
  const answers = await Promise.all(people.map((person) => person.submit()));

  expect(answers.filter(({ isAcknowledged }) => !isAcknowledged)).toEqual([]);
  const winners = people.filter((person) => !person.modal());
  expect(winners).toHaveLength(1);
  const winner = winners[0]?.id ?? '';
  for (const person of people.filter(({ id }) => id !== winner)) {
    expect(JSON.stringify(person.modal()?.errors)).toMatch(/past that.* since .* UTC.*Its card says what came of it/);
  }

  const { history, state } = await site.comesTo('R-1', 'completed');
  expect(state).toMatchObject({ approval: { by: winner } });
  expect(history.filter(({ event }) => event === 'approved').map(({ by }) => by)).toEqual([winner]);
  const refused = history.filter(({ event }) => event === 'attempt-refused').map(({ by }) => by);
  expect(refused.toSorted()).toEqual(crowd.filter((id) => id !== winner).toSorted());
  expect(site.aura.calls('restore')).toHaveLength(1);
}, 120_000);
