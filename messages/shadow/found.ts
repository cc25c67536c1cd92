import type { KnownBlock } from '@slack/types';
import type { Reader } from '../../src/restore/language.ts';
import type { ShadowRestore } from '../../src/restore/shadow/shadow-restore.ts';
import { isLoadFailed } from '../../src/restore/shadow/verdict.ts';
import { ACTION } from '../action-ids.ts';
import { LIMIT } from '../slack-limits.ts';
import { context, environmentLabel, escaped, header, type Message, past, section, truncate } from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { type Words, wordsFor } from '../words/words.ts';

/**
 * That somebody restores a database outside the bot, with all that is known. The audit channel is also told what can be
 * done, and of the request that it may be in the way of.
 */
export function shadowFound(record: ShadowRestore, channel: string, reader: Reader): Message {
  const words = wordsFor(reader);
  const { shadow } = words;
  const { instance, found, terms, id } = record;
  const isFailed = isLoadFailed(found.status);
  const facts = {
    alias: `*${escaped(instance.alias)}*`,
    environment: environmentLabel(instance.environment, words),
    status: escaped(found.status),
    at: past(found.at),
  };
  const { before, during } = found;
  const isAudit = channel === terms.auditChannel;
  const blocks = [
    header(shadow.title(instance.alias)),
    section(
      [
        isFailed ? shadow.foundFailed(facts) : shadow.found(facts),
        before ? shadow.before({ status: escaped(before.status), at: past(before.at) }) : shadow.neverBefore,
      ].join(' '),
    ),
    section(shadow.who(escaped(terms.contact))),
    ...(isAudit && during ? [section(shadow.during(during))] : []),
    section(isFailed ? shadow.afterFailure : shadow.meanwhile),
    ...(isAudit ? shadowButtons(record, words) : []),
    context(shadow.record(id)),
  ];
  return { text: spokenText(shadow.title(escaped(instance.alias)), blocks, words), blocks };
}

/** What people can have done about it, with a sentence that says who may. */
export function shadowButtons({ id, instance }: ShadowRestore, words: Words): KnownBlock[] {
  const { shadow, basics } = words;
  const button = (action_id: string, label: string) => ({
    type: 'button' as const,
    action_id,
    value: id,
    text: { type: 'plain_text' as const, text: label },
    accessibility_label: truncate(basics.button({ label, id, alias: instance.alias }), LIMIT.accessibilityLabel),
  });
  return [
    section(shadow.act),
    {
      type: 'actions',
      elements: [button(ACTION.verifyShadow, shadow.verify), button(ACTION.announceShadow, shadow.announce)],
    },
  ];
}
