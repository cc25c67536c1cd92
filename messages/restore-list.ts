import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant, Restore, RestoreId } from '../src/restore/restore.ts';
import { listed } from './people.ts';
import { duration, environmentLabel, escaped, mention, moment } from './slack-text.ts';
import { STATUS_WORDS } from './status-words.ts';

/** A restore with the way to its card. */
export interface Listed {
  readonly restore: Restore;
  readonly link?: string | undefined;
}

/** One restore in two lines: which, where it stands, by whom, to when. */
export function restoreLine({ restore, link }: Listed, now: Instant): string {
  const { id, plan, state, request } = restore;
  const name = link ? `<${link}|${id}>` : id;
  const loss = duration(dataLossMinutes(plan.restorePoint.takenAt, now));
  const pending = state.status === 'awaiting-approval' ? ` · would lose ${loss}` : '';
  return [
    `*${name}* · ${escaped(plan.instance.alias)} · ${environmentLabel(plan.instance.environment)} · *${STATUS_WORDS[state.status]}*${pending}`,
    `to ${moment(plan.restorePoint.takenAt)} · asked for by ${mention.person(request.requestedBy)} ${moment(request.requestedAt)}`,
  ].join('\n');
}

/** Restores whose records cannot be read: none of them is gone, and somebody must look. */
export function unreadableWords(ids: readonly RestoreId[]): readonly string[] {
  if (ids.length === 0) return [];
  return [`The bot cannot read its records of ${listed(ids.map(escaped))}. Tell the bot's operator.`];
}
