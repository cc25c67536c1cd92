import type { GuidedScene } from './guided-scene.ts';
import { PRODUCTION, STAGING } from './world.ts';

const CONSOLE = 'open "Someone in the console…"';

/** The ways back other than a snapshot of its own, and what belongs to each way. */
export const METHOD_SCENES: readonly GuidedScene[] = [
  {
    id: 'advice',
    title: 'Which way back?',
    steps: [
      `As Rita, type /restore advise ${STAGING.alias}. It advises a snapshot, and says why and what to keep in mind.`,
      'Choose that the data is in a backup file: the advice changes. Choose that it must run without a person at the console: it changes again.',
      'Choose "Ask for this…": the form opens with that way chosen.',
    ],
  },
  {
    id: 'dry-run',
    title: 'A dry run',
    steps: [
      `As Rita, type /restore ${PRODUCTION.alias}, fill in the form, choose "Dry run" at its end, and send it.`,
      'As Ayumi, approve it. The bot looks at everything and stops before the first call that changes something.',
      'The card lists the calls that it would have made. #team-orders has heard nothing, and the panel counts no restore call more.',
    ],
  },
  {
    id: 'undo',
    title: 'Undo a restore',
    steps: [
      'As Rita, choose "Undo…" on the card of a restore that is complete. The form is filled in with its safety snapshot, and the card says how long Aura keeps that.',
      'Send the form. As Ayumi, approve the new card: an undo needs a second person like any restore.',
      'The panel shows the data as it was just before the first restore, and the first card says by what it was undone.',
    ],
  },
  {
    id: 'overwrite',
    title: 'Overwrite from another instance',
    steps: [
      `As Rita, type /restore ${PRODUCTION.alias} and choose "Overwrite it from another instance", then ${STAGING.alias} and a snapshot that is called exportable.`,
      'Give a reason, say why you do not take the advised way, and send the form. The card names both instances: whose data is replaced, and whose data is copied.',
      `As Ayumi, approve it. In the panel ${PRODUCTION.alias} is overwriting, and then running with the data of the other one.`,
      `Ask for it again and choose "Aura acts on the next overwrite call and its answer is lost" before Ayumi approves: the bot looks for what became of the call, and sends no second one.`,
      `Ask once more, and before Ayumi approves, under ${STAGING.alias}, ${CONSOLE} and choose that its newest exportable snapshot goes, or that somebody deletes it: nothing is overwritten, and the card says what is missing.`,
    ],
  },
  {
    id: 'new-instance',
    title: 'Look first, in a new instance',
    steps: [
      `As Rita, ask for a restore of ${PRODUCTION.alias} to an exportable snapshot. On its card, choose "Look first: preview": a form for a new instance opens, with its price and how long it lives. Say why, and send it.`,
      'As Ayumi, approve the new card. The panel shows the new instance and when the bot removes it; its password comes to Rita once, in a message that only she sees.',
      'Move the clock by a day: it is removed, and #restore-audit says so. Rename it before that in the panel, and the bot leaves it alone.',
    ],
  },
  {
    id: 'upload',
    title: 'A worker uploads a file',
    steps: [
      `As Rita, type /restore ${STAGING.alias} and choose "Upload a backup file with neo4j-admin", a file, and when its data was saved. Say why you do not take the advised way, and send the form.`,
      `As Ayumi, approve it. The card says how far the upload is; then the panel shows that ${STAGING.alias} holds the file, by the first digits of its SHA-256. Then it checks the data, which is simulated here.`,
      'Ask for the other file, and choose "Damage this file" in the panel before Ayumi approves: it is another file than agreed, and nothing is uploaded.',
    ],
  },
  {
    id: 'backup-file',
    title: 'A person uploads a file in the console',
    steps: [
      `As Rita, type /restore ${STAGING.alias} and choose "Upload a backup file in the Aura console". Call the file orders.backup with 850 MB, say when its data was saved and why you do not take the advised way, and send the form. As Ayumi, approve it.`,
      'Wait until the card says "Everything is prepared". It lists what Rita does in the console, and until when; she has it as a direct message, too.',
      `In the panel, under ${STAGING.alias}, ${CONSOLE} and choose "Somebody uploads the agreed file": the bot sees it loading, and goes on by itself.`,
    ],
  },
  {
    id: 'shadow',
    title: 'Someone restores past the bot',
    steps: [
      `In the panel, under ${PRODUCTION.alias}, ${CONSOLE} and choose "Somebody restores its newest snapshot".`,
      'Within some seconds #restore-audit, #team-orders and #status hear that nobody agreed to this here.',
      'As Ayumi, choose "Verify the data" or "Announce it" in #restore-audit: the result comes in the thread.',
    ],
  },
];
