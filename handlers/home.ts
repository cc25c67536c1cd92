import type { App } from '@slack/bolt';
import { homeView } from '../messages/home.ts';
import { isUnderWay } from '../src/restore/due-step.ts';
import { decisionRefusal } from '../src/restore/person-rules.ts';
import type { Desk } from './desk.ts';
import { listed } from './listed.ts';

const ENDED_SHOWN = 5;

/** What waits for this person, what is theirs, what runs, what ended: drawn each time the page is opened. */
export function registerHome(app: App, desk: Desk): void {
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    const [now, open, ended] = await Promise.all([
      desk.now(),
      desk.lists.open().then((ids) => listed(desk, ids)),
      desk.lists.ended(ENDED_SHOWN).then((ids) => listed(desk, ids)),
    ]);
    const rules = open.map(({ restore }) => restore.terms.approvers);
    const person = await desk.directory.readForDecision(event.user, {
      groups: [...new Set(rules.flatMap(({ groups }) => groups))],
      onCall: [...new Set(rules.flatMap(({ onCall }) => onCall ?? []))],
    });
    await client.views.publish({
      user_id: event.user,
      view: homeView({
        now,
        waitingForMe: open.filter(({ restore }) => decisionRefusal(restore, person, now) === undefined),
        mine: open.filter(({ restore }) => restore.request.requestedBy === event.user),
        underWay: open.filter(({ restore }) => isUnderWay(restore.state.status)),
        endedLately: ended,
      }),
    });
  });
}
