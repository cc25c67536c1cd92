import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, noticesIn, requestRestore, restorePointOn, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
const begin = async (productionSettings: Readonly<Record<string, unknown>> = {}) => {
  journey = await startJourney({
    productionSettings,
    locales: { [PEOPLE.approver.id]: 'de-DE', [PEOPLE.requester.id]: 'en-GB' },
    settings: { channels: { [CHANNELS.status.id]: { language: 'de' } } },
  });
};
afterEach(() => journey.end());

const titles = (channel: string) => noticesIn(journey, channel).map(({ text }) => text.split('\n')[0]);
const whispers = (person: string) =>
  journey.slack.workspace.messages
    .filter(({ onlyFor, channel }) => onlyFor === person || channel === `D${person.slice(1)}`)
    .map(({ text }) => text);
const heard = (person: string, words: string) =>
  until(`${person} to hear "${words}"`, () => whispers(person).some((text) => text.includes(words)));

it('an English request is approved in German by a German word, and told to each channel in its own language', async () => {
  await begin();
  const card = await requestRestore(journey);
  expect(wordsOf(cardAt(journey, card))).toContain('Everything written after');
  const anton = journey.slack.as(PEOPLE.approver.id);
  await anton.click(card, ACTION.approve);
  const form = await until('the confirmation form', () => anton.modal()?.view);
  expect(JSON.stringify(form)).toContain('WIEDERHERSTELLEN eingeben');
  expect(JSON.stringify(form)).toContain('R-1 freigeben');

  anton.type(FIELD.restoreWord, 'WEITER');
  anton.type(FIELD.instanceName, PRODUCTION.alias);
  const [, value] =
    new RegExp(`"text":"${restorePointOn(journey, card)} UTC"[^{}]*},"value":"([^"]+)"`).exec(JSON.stringify(form)) ??
    [];
  await anton.choose('time', value ?? '');
  expect(JSON.stringify((await anton.submit()).answer)).toContain(
    'Bitte das Wort WIEDERHERSTELLEN in Großbuchstaben eingeben.',
  );
  anton.type(FIELD.restoreWord, 'WIEDERHERSTELLEN');
  await anton.submit();

  await heard(PEOPLE.requester.id, 'confirmed by');
  await until('all notices', () => titles(CHANNELS.orders.id).length === 2 && titles(CHANNELS.status.id).length === 2);
  expect(titles(CHANNELS.orders.id)).toEqual([
    'PLANNED MAINTENANCE: Database Restore Operation',
    'MAINTENANCE COMPLETE: Database Restore Finished',
  ]);
  expect(titles(CHANNELS.status.id)).toEqual([
    'GEPLANTE WARTUNG: Wiederherstellung der Datenbank',
    'WARTUNG ABGESCHLOSSEN: Datenbank wiederhergestellt',
  ]);
  await heard(PEOPLE.requester.id, 'the restore is complete');
  expect(journey.slack.calls.filter(({ error }) => error)).toEqual([]);
});

it('private answers come in the language of whoever asked, and the English word counts for a German too', async () => {
  await begin();
  const anton = journey.slack.as(PEOPLE.approver.id);
  await anton.slash('/restore', 'help', CHANNELS.approvals.id);
  await heard(PEOPLE.approver.id, 'Eine Wiederherstellung setzt eine Aura-Instanz auf einen Snapshot zurück');
  await anton.slash('/restore', 'lsit', CHANNELS.approvals.id);
  await heard(PEOPLE.approver.id, 'Vielleicht gemeint: `/restore list`?');
  await anton.slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await until('the German form', () =>
    JSON.stringify(anton.modal()?.view ?? {}).includes('Auf welchen Zeitpunkt zurück?'),
  );
  anton.closeModal();

  const card = await requestRestore(journey);
  await anton.click(card, ACTION.withdraw);
  await heard(PEOPLE.approver.id, 'kann sie zurückziehen');
  await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.approve);
  await heard(PEOPLE.requester.id, 'this is your own request');
  await approve(journey, card);
  await heard(PEOPLE.requester.id, 'confirmed by');
});

it('an instance whose language is German has a German card, and whoever asked in English is told in English', async () => {
  await begin({ language: 'de' });
  const card = await requestRestore(journey);
  const words = wordsOf(cardAt(journey, card));
  expect(words).toContain('Alles, was nach');
  expect(words).toContain('"accessibility_label":"Freigeben… R-1, orders-prod"');
  const anton = journey.slack.as(PEOPLE.approver.id);
  await anton.click(card, ACTION.deny);
  await until('the German form', () => JSON.stringify(anton.modal()?.view ?? {}).includes('Warum nicht?'));
  anton.type(FIELD.denialReason, 'Der Import lässt sich reparieren.');
  await anton.submit();
  await heard(PEOPLE.requester.id, 'denied by');
  await until('the card to say so', () => wordsOf(cardAt(journey, card)).includes('*Abgelehnt* von'));
  expect(journey.slack.calls.filter(({ error }) => error)).toEqual([]);
});

it('a German who asks is told privately in German how it goes, whatever the card speaks', async () => {
  await begin();
  const card = await requestRestore(journey, {
    by: PEOPLE.approver.id,
    text: 'Ein Import hat alle Preise auf null gesetzt.',
  });
  expect(wordsOf(cardAt(journey, card))).toContain('Everything written after');
  await approve(journey, card, PEOPLE.secondApprover.id);
  await heard(PEOPLE.approver.id, `Freigegeben von <@${PEOPLE.secondApprover.id}>`);
  await heard(PEOPLE.approver.id, 'Die Wiederherstellung ist abgeschlossen. Datenprüfungen: nicht durchgeführt');
});
