import type { Reader } from '../../src/restore/language.ts';
import type { ShadowRestore } from '../../src/restore/shadow/shadow-restore.ts';
import { type Notice, noticeOf } from '../notice.ts';
import { environmentLabel, escaped, mention, past } from '../slack-text.ts';
import { type Words, wordsFor } from '../words/words.ts';

/** What stakeholders are told of a shadow restore when somebody has it announced: how it stands when they are told. */
export function shadowNotice(record: ShadowRestore, reader: Reader): Notice {
  const words = wordsFor(reader);
  const { notice } = words.shadow;
  const { id, instance, terms, found, state, announced } = record;
  const isUsable = state.status === 'running-again';
  return noticeOf(
    {
      title: notice.title,
      fields: [
        ['When', past(found.at)],
        ['Status', statusWords(record, words)],
        ['Data State', notice.data],
        ['Action Required', isUsable ? terms.actionRequired : notice.wait(terms.contact)],
      ],
      closing: [notice.by(mention.person(announced?.by ?? '')), notice.contact(terms.contact)],
      contact: terms.contact,
      about: notice.about({
        alias: escaped(instance.alias),
        environment: environmentLabel(instance.environment, words),
        id,
      }),
    },
    words,
  );
}

function statusWords({ state }: ShadowRestore, { shadow: { notice } }: Words): string {
  return state.status === 'under-way' ? notice.underWay(escaped(state.auraStatus)) : notice[state.status];
}
