import type { HomeView, KnownBlock } from '@slack/types';
import type { Instant, RestoreId } from '../src/restore/restore.ts';
import { ACTION } from './action-ids.ts';
import { type Listed, restoreLine, unreadableWords } from './restore-list.ts';
import { context, divider, header, moment, section } from './slack-text.ts';

export interface HomeModel {
  readonly now: Instant;
  readonly waitingForMe: readonly Listed[];
  readonly mine: readonly Listed[];
  readonly underWay: readonly Listed[];
  readonly endedLately: readonly Listed[];
  readonly unreadable?: readonly RestoreId[];
}

const MOST_EACH = 10;

/** The home while nothing can be looked up. */
export function homeTrouble(text: string): HomeView {
  return { type: 'home', blocks: [section(text), context('Open this page again to refresh it.')] };
}

/** What a person finds in the bot's home: what waits for them first. */
export function homeView(model: HomeModel): HomeView {
  return {
    type: 'home',
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: ACTION.openForm,
            text: { type: 'plain_text', text: 'Request a restore…' },
            style: 'primary',
          },
        ],
      },
      ...group('Waiting for you', model.waitingForMe, 'Nothing waits for your decision.', model.now),
      ...group('Asked for by you', model.mine, 'You have no open request.', model.now),
      ...group('Under way', model.underWay, 'No restore is under way.', model.now),
      ...group('Ended lately', model.endedLately, 'No restore has ended yet.', model.now),
      ...unreadableWords(model.unreadable ?? []).map(section),
      divider(),
      context(`As of ${moment(model.now)}. Open this page again to refresh it.`),
    ],
  };
}

function group(title: string, restores: readonly Listed[], none: string, now: Instant): KnownBlock[] {
  if (restores.length === 0) return [header(title), section(none)];
  const rest = restores.length - MOST_EACH;
  return [
    header(title),
    ...restores.slice(0, MOST_EACH).map((listed) => section(restoreLine(listed, now))),
    ...(rest > 0 ? [context(`and ${rest} more: \`/restore list\``)] : []),
  ];
}
