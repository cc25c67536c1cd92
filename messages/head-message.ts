import type { KnownBlock } from '@slack/types';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { asksStakeholders, unanswered } from '../src/restore/objection.ts';
import { nextUpdateAt } from '../src/restore/promised-update.ts';
import type { Restore } from '../src/restore/restore.ts';
import {
  isFromFile,
  type StakeholderStatus,
  stakeholderStatus,
  statusSince,
} from '../src/restore/stakeholder-status.ts';
import { groupsMentionedIn, isPerson } from '../src/restore/stakeholders.ts';
import { ACTION } from './action-ids.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { latenessWords } from './late-notice.ts';
import { durationRange } from './loss-words.ts';
import { instanceContext } from './notice.ts';
import { listed } from './people.ts';
import { LIMIT } from './slack-limits.ts';
import { context, escaped, header, type Message, mention, moment, past, section, truncate } from './slack-text.ts';
import { spokenText } from './spoken.ts';
import { type Words, wordsFor } from './words/words.ts';

/**
 * The one message of a restore in a place where stakeholders are told: what its status is, since when, what it means for them and
 * when they hear next. It is drawn from the record alone, so that an edit says what the record says; details are in its thread.
 */
export function headMessage(restore: Restore, place: string, reader: Reader = ENGLISH_READER): Message {
  const words = wordsFor(reader);
  const { head } = words.stakeholders;
  const status = stakeholderStatus(restore) ?? 'planned';
  const { alias } = restore.plan.instance;
  const groups = isPerson(place) ? [] : groupsMentionedIn(place, restore);
  const lines = [
    head.status(statusWords(restore, status, words)),
    ...meaningLines(restore, status, words),
    head.next(nextWords(restore, status, words)),
    ...(groups.length > 0 ? [head.for(listed(groups.map(mention.group), words))] : []),
  ];
  const title = inWay(head.title, goalSaid(restore, words, { target: alias }), { status });
  const body = [
    section(lines.join('\n')),
    ...buttons(restore, words),
    context(head.details(aboutWords(restore, words, status === 'called-off'))),
  ];
  return { text: spokenText(escaped(title), body, words), blocks: [header(title), ...body] };
}

/** Which restore it is, and which data the database gets, or was to get. */
export function aboutWords(restore: Restore, words: Words, isCalledOff = false): string {
  const { about, aboutCalledOff } = words.stakeholders;
  const facts = { about: instanceContext(restore, words) };
  return inWay(isCalledOff ? aboutCalledOff : about, goalSaid(restore, words), facts);
}

function statusWords(restore: Restore, status: StakeholderStatus, words: Words): string {
  const { head } = words.stakeholders;
  const since = past(statusSince(restore));
  const goal = goalSaid(restore, words);
  switch (status) {
    case 'planned':
      return plannedWords(restore, words);
    case 'held':
      return head.held(unanswered(restore).length);
    case 'put-off':
      return head.putOff(since);
    case 'preparing':
      return head.preparing(since);
    case 'sent':
      return inWay(head.sent, goal, { at: since });
    case 'file-awaited':
      return head.fileAwaited(since);
    case 'unclear':
      return isFromFile(restore) ? head.fileUnclear(since) : inWay(head.unclear, goal, { at: since });
    case 'restoring':
      return inWay(head.restoring, goal, { at: since });
    case 'verifying':
      return inWay(head.verifying, goal, { at: since });
    case 'done':
      return inWay(head.done, goal, { at: since });
    case 'failed':
      return head.failed(since);
    case 'called-off':
      return inWay(head.calledOff, goal, { at: since });
    case 'undone':
      return head.undone({ at: since, by: restore.undone?.by ?? '' });
    default:
      return status satisfies never;
  }
}

function plannedWords({ state, lateStart }: Restore, words: Words): string {
  const { head } = words.stakeholders;
  if (state.status !== 'approved') return head.planned(undefined);
  return lateStart
    ? head.late({ by: latenessWords(lateStart, words), plannedAt: past(lateStart.plannedAt) })
    : head.planned(moment(state.startAt));
}

/** What it means for whoever reads it, while it can still mean something. */
function meaningLines(restore: Restore, status: StakeholderStatus, words: Words): readonly string[] {
  const { terms } = restore;
  const { head } = words.stakeholders;
  const goal = goalSaid(restore, words);
  const contact = head.contact(terms.contact);
  const interruption = head.interruption(durationRange(terms.estimate, words));
  switch (status) {
    case 'planned':
    case 'held':
    case 'file-awaited':
      return [inWay(head.lossToCome, goal, {}), interruption, contact];
    case 'unclear':
      return [inWay(head.lossIfItRan, goal, {}), contact];
    case 'preparing':
    case 'sent':
    case 'restoring':
      return [inWay(head.lossNow, goal, {}), interruption, contact];
    case 'verifying':
      return [inWay(head.lossDone, goal, {}), contact];
    case 'done':
      return [inWay(head.lossDone, goal, {}), head.actionRequired(terms.actionRequired), contact];
    default:
      return [contact];
  }
}

function nextWords(restore: Restore, status: StakeholderStatus, { stakeholders: { head } }: Words): string {
  const { state } = restore;
  const promised = nextUpdateAt(restore);
  switch (status) {
    case 'planned':
      return head.nextAtStart;
    case 'held':
      return state.status === 'approved' ? head.nextAtAnswer(moment(state.lapsesAt)) : head.nextAnnounced;
    case 'put-off':
      return head.nextAnnounced;
    case 'preparing':
    case 'sent':
    case 'file-awaited':
    case 'unclear':
    case 'restoring':
    case 'verifying':
      return promised ? head.nextPromised(moment(promised)) : head.nextChange;
    default:
      return head.nextNone;
  }
}

function buttons(restore: Restore, { basics, stakeholders: { head } }: Words): readonly KnownBlock[] {
  if (!asksStakeholders(restore)) return [];
  const { id, plan } = restore;
  const { alias } = plan.instance;
  const labels = [
    [ACTION.acknowledge, head.acknowledge],
    [ACTION.object, head.object],
  ] as const;
  return [
    {
      type: 'actions',
      block_id: 'rb_head_actions',
      elements: labels.map(([actionId, text]) => ({
        type: 'button',
        action_id: actionId,
        text: { type: 'plain_text', text },
        accessibility_label: truncate(basics.button({ label: text, id, alias }), LIMIT.accessibilityLabel),
        value: id,
      })),
    },
  ];
}
