import type { GuidedScene } from './guided-scene.ts';
import { PRODUCTION } from './world.ts';

/** What belongs to people and their rules, besides the way of one request. */
export const PEOPLE_SCENES: readonly GuidedScene[] = [
  {
    id: 'condition',
    title: 'Yes, on a condition',
    steps: [
      `As Rita, ask for a restore of ${PRODUCTION.alias}.`,
      'As Ayumi, choose "Approve…", fill in the form, and under "Only on this condition" say that Checkout must be told first.',
      'Nothing begins: the card says that it waits for Rita. As Ayumi, choose "Accept": only Rita can.',
      'As Rita, read the direct message of Restore Bot, and choose "Accept" on the card: it begins, and the card keeps the condition.',
    ],
  },
  {
    id: 'nudge',
    title: 'A nudge',
    steps: [
      `As Rita, type /restore ${PRODUCTION.alias}, check "Urgent" so that nobody's night matters, and send the form.`,
      'As Anton, choose "I am looking" on the card.',
      'As Rita, choose "Nudge": she is told that it reached Ayumi, whom a reply in the thread of the card asks. Anton, who is looking, is left alone.',
      'Choose "Nudge" again: it is too soon, and she is told when she can. As Rita, withdraw the request.',
    ],
  },
  {
    id: 'language',
    title: 'Another language',
    steps: [
      'In the panel, under "What changes besides", choose "Rita changes the language of Slack".',
      `Move the clock by 10 minutes. As Rita, type /restore ${PRODUCTION.alias}: her form is in German now.`,
      'Send the form. The card stays in English, as its channel is; what is said to Rita alone is in German. Choose "Approve…" on the card to read it.',
      'Choose the same in the panel again: she reads English, as before.',
    ],
  },
  {
    id: 'looser-rules',
    title: 'A looser rules file',
    steps: [
      `In the panel, under "What changes besides", choose "Let Sam Porter approve ${PRODUCTION.alias}". The operator has changed the file, and the bot is started with it.`,
      'In #restore-approvals a card says what is looser and that it waits: two of those whom the rule binds must agree. As Sam, choose "Agree": he is not one of them.',
      `As Rita, ask for a restore of ${PRODUCTION.alias}. As Sam, choose "Approve…": the rules in force are still the old ones.`,
      'As Anton and as Ayumi, choose "Agree" on the card of the rules: they are in force now, for new requests. As Sam, try the open one again: he is refused.',
      'As Rita, withdraw it and ask again. As Sam, approve: now he may.',
    ],
  },
];
