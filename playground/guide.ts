import { STRICT } from './demo-world.ts';
import { METHOD_SCENES } from './guide-of-methods.ts';
import { PEOPLE_SCENES } from './guide-of-people.ts';
import type { GuidedScene } from './guided-scene.ts';
import { PRODUCTION } from './world.ts';

const NEXT = 'choose "To the next moment" beside the clock';

/** The scenes that the page of the demo suggests. Each says in words what `test/playground/guide.test.ts` does. */
export const GUIDE: readonly GuidedScene[] = [
  {
    id: 'quick',
    title: 'A restore, quickly',
    steps: [
      'In the panel of the simulated Aura, choose "Set every price to 0".',
      `As Rita, in #restore-approvals, type /restore ${PRODUCTION.alias}. Choose the newest restore point and a reason, say what happened, and send the form.`,
      'As Rita, choose "Approve…" on the card: she is refused, because it is her own request.',
      'As Anton, choose "Approve…": his form is in German. Type the two words, choose the time that stands on the card, and confirm.',
      'Watch the card. In #team-orders, and in German in #status, one message says where it stands; the notices are in its thread.',
    ],
  },
  {
    id: 'two-rules',
    title: 'Two people must agree',
    steps: [
      `As Rita, type /restore ${STRICT.alias} and send the form. It says who will be asked: a database owner or whoever is on call, and the service owner.`,
      'As Noor, who is in no group but on call by the schedule, approve. The card says why she counts, and who is missing.',
      'As Otto and as Gus, choose "Approve…": each is told privately why not.',
      'As Sam, the service owner, approve. Everybody who must be told is told now.',
      `Nothing starts in the next quarter of an hour, so that people can object. Then ${NEXT}: it starts.`,
    ],
  },
  {
    id: 'objection',
    title: 'An objection',
    steps: [
      `As Rita, ask for a restore of ${STRICT.alias}. Approve it as Ayumi and as Sam.`,
      'As Otto, the support lead, open the direct message of Restore Bot, choose "Object…" and say why.',
      `Try to start all the same: ${NEXT}. The card says that it is held by an objection.`,
      'As Ayumi, choose "Answer the objection…" on the card and let it go on, with a word to Otto. Or, as Rita, put it off or stop it.',
    ],
  },
  {
    id: 'edit',
    title: 'A change while people vote',
    steps: [
      `As Rita, ask for a restore of ${STRICT.alias}. As Ayumi, approve it.`,
      'As Rita, choose "Edit…" on the card, choose another restore point, and save.',
      'The vote of Ayumi has fallen. As Ayumi, open the direct message: it says what was and what is now.',
      'As Ayumi and as Sam, approve the new plan. Or, as Ayumi, choose "Deny…" and say why.',
    ],
  },
  {
    id: 'freeze',
    title: 'A start in a freeze',
    steps: [
      `As Rita, type /restore ${STRICT.alias}. Choose to start at a time, two days from now: the form says that the month-end closing forbids it, and when the next start is possible.`,
      'Choose the override, say why it cannot wait, and send the form.',
      'Approve as Ayumi and as Sam: it is not enough. The card says that the override is missing.',
      `As Priya, the release manager, approve. Then ${NEXT}: it starts in the freeze.`,
    ],
  },
  {
    id: 'silence',
    title: 'Nobody answers',
    steps: [
      `As Rita, ask for a restore of ${PRODUCTION.alias}. Look at the time below each name: for somebody it is night.`,
      'Move the clock by 10 minutes, and again: the data loss on the card grows, and whoever is at work is reminded in its thread. As Rita, choose "Nudge".',
      `Then ${NEXT}: the request has expired. Silence was no consent, and nothing was restored.`,
    ],
  },
  {
    id: 'tomorrow',
    title: 'Planned for tomorrow',
    steps: [
      `As Rita, ask for a restore of ${PRODUCTION.alias} that starts tomorrow at this time. As Ayumi, approve it.`,
      'Move the clock by 1 hour: it waits, and the card says for what.',
      `Then ${NEXT}: within ten seconds it begins.`,
    ],
  },
  {
    id: 'delegation',
    title: 'Somebody stands in',
    steps: [
      'As Ayumi, type /restore delegate. Choose Otto, from now until tomorrow, and send the form.',
      `As Rita, ask for a restore of ${PRODUCTION.alias}. As Otto, approve: the card says for whom he decided.`,
      'Move the clock by a day and ask again: Otto is refused.',
    ],
  },
  ...PEOPLE_SCENES,
  ...METHOD_SCENES,
];

/** Only where production is a real database that the bot can count. It says in words what `test/journeys/real-loss.test.ts` does. */
export const LOSS_SCENE: GuidedScene = {
  id: 'loss',
  title: 'What would be lost',
  steps: [
    'A moment ago the simulated Aura took a scheduled snapshot of production, and the bot counted the data.',
    'In the panel of the simulated Aura, choose "Delete 37 orders and add 5 customers".',
    `As Rita, type /restore ${PRODUCTION.alias} and choose the newest restore point. After some seconds the form says which orders would come back and which customers would be lost, and how sure each number is.`,
    'Choose an older restore point: nobody counted the data then, so the counts are unknown, and the questions of the owners are answered all the same.',
    'Choose the newest again, send the form, and as Ayumi choose "Approve…": the card and her form say the same.',
  ],
};
