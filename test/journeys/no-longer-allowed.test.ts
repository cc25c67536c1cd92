import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ACTION } from '../../messages/action-ids.ts';
import { PEOPLE } from '../../playground/people.ts';
import { cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const PATIENCE_MS = 60_000;

let journey: Journey;
afterEach(() => journey.end());

it('who opens the form after a file removed the way hears why not, and the card keeps it', async () => {
  journey = await startJourney();
  const card = await requestRestore(journey);
  await journey.restart(async () => {
    const file = journey.env.CONFIG_FILE ?? '';
    const written = parse(readFileSync(file, 'utf8'));
    written.instances[PRODUCTION.alias].methods = ['overwrite'];
    writeFileSync(file, stringify(written));
  });
  const sam = journey.slack.as(PEOPLE.approver.id);
  await sam.click(card, ACTION.approve);
  const said = () => journey.slack.workspace.messages.filter(({ onlyFor }) => onlyFor === PEOPLE.approver.id);
  await until(
    'the approver to hear it',
    () => said().some(({ text }) => text.includes('the rules were changed after this was asked for')),
    PATIENCE_MS,
  );
  expect(sam.modal()).toBeUndefined();
  await until(
    'the card to keep it',
    () => wordsOf(cardAt(journey, card)).includes('the rules no longer allowed it'),
    PATIENCE_MS,
  );
  expect(JSON.stringify(cardAt(journey, card).blocks)).toContain(`"${ACTION.withdraw}"`);
}, 180_000);
