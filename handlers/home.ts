import type { App } from '@slack/bolt';
import type { HomeView } from '@slack/types';
import { homeTrouble, homeView } from '../messages/home.ts';
import { decisionRefusal } from '../src/restore/decision-refusal.ts';
import { isUnderWay } from '../src/restore/due-step.ts';
import { namedByAny, peopleAsked } from '../src/restore/rules-needed.ts';
import type { Desk } from './desk.ts';
import { openExports } from './exports.ts';
import { listed } from './listed.ts';
import { troubleWords } from './trouble-words.ts';

const ENDED_SHOWN = 5;

/** What waits for this person, what is theirs, what runs, what ended: drawn each time the page is opened. */
export function registerHome(app: App, desk: Desk): void {
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    const view = await homeOf(desk, event.user).catch(async (error: unknown) => {
      desk.log.error({ err: error }, 'home could not be drawn');
      const reader = await desk.directory.readerOf(event.user);
      return homeTrouble(troubleWords(error, reader).text, reader);
    });
    await client.views.publish({ user_id: event.user, view });
  });
}

/** The home of a person as it is now. */
export async function homeOf(desk: Desk, user: string): Promise<HomeView> {
  const [now, open, ended, exports, places] = await Promise.all([
    desk.now(),
    desk.lists.open().then((ids) => listed(desk, ids)),
    desk.lists.ended(ENDED_SHOWN).then((ids) => listed(desk, ids)),
    openExports(desk),
    desk.delegations.of(user).catch((error: unknown) => {
      desk.log.warn({ err: error, person: user }, 'nobody knows whose places this person holds');
      return undefined;
    }),
  ]);
  const rule = namedByAny(open.restores.map(({ restore }) => peopleAsked(restore)));
  const person = await desk.directory.readForDecision(user, rule);
  const reader = await desk.directory.readerOf(user);
  const model = {
    person: user,
    now,
    places,
    waitingForMe: open.restores.filter(({ restore }) => decisionRefusal(restore, person, now) === undefined),
    mine: open.restores.filter(({ restore }) => restore.request.requestedBy === user),
    underWay: open.restores.filter(({ restore }) => isUnderWay(restore.state.status)),
    endedLately: ended.restores,
    exports,
    unreadable: [...open.unreadable, ...ended.unreadable],
  };
  return homeView(model, reader);
}
