import type { Logger } from 'pino';
import { exportOutcome } from '../../messages/exports/outcome.ts';
import { exportReminder } from '../../messages/exports/reminder.ts';
import type { ExportKeeper } from '../exports/export-keeper.ts';
import type { ExportId, ExportTask } from '../restore/exports/export-task.ts';
import { type OwedExportMessage, owedExportMessages } from '../restore/exports/owed.ts';
import type { Instant } from '../restore/names.ts';
import type { Policy } from '../restore/policy.ts';
import { publicLanguage } from '../restore/public-language.ts';
import { isPerson } from '../restore/stakeholders.ts';
import type { MessagePlaces } from '../store/message-places.ts';
import type { PostOnce } from './post-once.ts';
import type { Readers } from './readers.ts';

/** Says what an export owes, each message once. May be repeated at will, and by any number of workers. */
export type PostExportMessages = (id: ExportId) => Promise<void>;

export function createExportMessages(parts: {
  readonly exports: Pick<ExportKeeper, 'find' | 'said'>;
  readonly places: Pick<MessagePlaces, 'release'>;
  readonly postOnce: PostOnce;
  readonly readerOf: Readers['readerOf'];
  readonly policy: () => Policy;
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
}): PostExportMessages {
  const { exports, log } = parts;

  /** True when it was settled, so that the next one may be said. */
  async function say(task: ExportTask, { key, to, kind }: OwedExportMessage): Promise<boolean> {
    const { id } = task;
    const reader = isPerson(to)
      ? await parts.readerOf(to)
      : { language: publicLanguage(parts.policy(), task.instance.auraId, to) };
    const message = kind === 'reminder' ? exportReminder(task, reader) : exportOutcome(task, reader);
    const at = await parts.now();
    const posted = await parts.postOnce({ restoreId: id, key, to, message, now: at });
    if (posted.kind === 'unsettled') {
      log.warn({ export: id, key }, 'message is still owed');
      return false;
    }
    if (posted.kind === 'refused') log.error({ export: id, key, code: posted.code }, 'message is undeliverable');
    await exports.said(
      id,
      key,
      posted.kind === 'posted'
        ? { status: 'posted', channel: posted.channel, ts: posted.ts, at }
        : { status: 'undeliverable', why: posted.code, at },
    );
    await parts.places.release(id, key);
    return true;
  }

  return async function postExportMessages(id) {
    const unsettled = new Set<string>();
    for (;;) {
      const task = await exports.find(id);
      const owed = task && owedExportMessages(task).find(({ key }) => !unsettled.has(key));
      if (!task || !owed) return;
      if (!(await say(task, owed))) unsettled.add(owed.key);
    }
  };
}
