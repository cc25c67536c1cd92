import { afterEach, describe, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { startOpsgenie } from '../../playground/on-call/opsgenie.ts';
import { startPagerDuty } from '../../playground/on-call/pagerduty.ts';
import type { OnCallStandIn } from '../../playground/on-call/stand-in.ts';
import { APPROVERS_GROUP, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const SAM = PEOPLE.stakeholder;
const TOKEN = 'pd-secret-token';
const API_KEY = 'og-secret-key';
const shift = { scheduleId: 'PDB1', scheduleName: 'Databases', email: SAM.email };

let journey: Journey;
let standIn: OnCallStandIn;
afterEach(async () => {
  await journey.end();
  await standIn.close();
});

const begin = (settings: object, env: Readonly<Record<string, string>>) =>
  startJourney({
    productionSettings: { approvers: { groups: [APPROVERS_GROUP], on_call: ['primary'] } },
    settings: { on_call: { schedules: { primary: settings } } },
    env,
  });

async function withPagerDuty(): Promise<void> {
  standIn = await startPagerDuty({ token: TOKEN, shifts: [shift] });
  journey = await begin(
    { provider: 'pagerduty', id: 'PDB1' },
    { PAGERDUTY_TOKEN: TOKEN, PAGERDUTY_API_URL: standIn.url },
  );
}

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const heard = (person: string, words: string) =>
  until(`${person} to hear "${words}"`, () =>
    journey.slack.workspace.messages.some(({ onlyFor, text }) => onlyFor === person && text.includes(words)),
  );

describe('somebody on call', () => {
  it('confirms though in no group, by PagerDuty, and the card says so', async () => {
    await withPagerDuty();
    const card = await requestRestore(journey);
    expect(wordsOf(cardAt(journey, card))).toContain('whoever is on call (primary)');
    await approve(journey, card, SAM.id);
    await cardSays(card, 'on call (primary, PagerDuty schedule PDB1, as of');
    await cardSays(card, 'Restored to');
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('confirms though in no group, by Opsgenie', async () => {
    standIn = await startOpsgenie({ apiKey: API_KEY, shifts: [shift] });
    journey = await begin(
      { provider: 'opsgenie', name: 'Databases' },
      { OPSGENIE_API_KEY: API_KEY, OPSGENIE_API_URL: standIn.url },
    );
    const card = await requestRestore(journey);
    await approve(journey, card, SAM.id);
    await cardSays(card, 'on call (primary, Opsgenie schedule Databases, as of');
  });

  it('is refused while PagerDuty is away, hears why, and the group still decides', async () => {
    await withPagerDuty();
    standIn.setFault({ kind: 'away', times: 999 });
    const card = await requestRestore(journey);
    await journey.slack.as(SAM.id).click(card, ACTION.approve);
    await heard(SAM.id, 'PagerDuty did not answer (primary, PagerDuty schedule PDB1); only the people and groups');
    expect(journey.slack.as(SAM.id).modal()).toBeUndefined();
    await cardSays(card, 'PagerDuty did not answer');
    expect(journey.aura.calls('restore')).toHaveLength(0);
    await approve(journey, card, PEOPLE.approver.id);
    await cardSays(card, 'Restored to');
  });

  it('is refused within the time of a click while PagerDuty is slow', async () => {
    await withPagerDuty();
    standIn.setFault({ kind: 'slow', delayMs: 10_000, times: 999 });
    const card = await requestRestore(journey);
    const started = performance.now();
    await journey.slack.as(SAM.id).click(card, ACTION.approve);
    await heard(SAM.id, 'PagerDuty did not answer');
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('whose shift has ended between the form and the confirmation cannot confirm', async () => {
    await withPagerDuty();
    // Whoever asks is told how many people would be asked: from then on the end of the shift is known.
    const endsAt = Date.now() + 6_000;
    standIn.shifts.splice(0, 1, { ...shift, to: new Date(endsAt).toISOString() });
    const card = await requestRestore(journey);
    const sam = journey.slack.as(SAM.id);
    await sam.click(card, ACTION.approve);
    await until('the form', () => sam.modal());
    sam.type(FIELD.restoreWord, 'RESTORE');
    sam.type(FIELD.instanceName, PRODUCTION.alias);
    await until('the end of the shift', () => Date.now() > endsAt);
    await sam.submit();
    expect(JSON.stringify(sam.modal()?.errors)).toContain('not on call (primary, PagerDuty');
    expect(journey.aura.calls('restore')).toHaveLength(0);
  });
});
