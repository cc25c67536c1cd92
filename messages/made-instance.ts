import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { MadeInstance } from '../src/restore/new-instance/made-instance.ts';
import { moneyWords } from '../src/restore/new-instance/price.ts';
import type { Saying } from '../src/restore/new-instance/sayings.ts';
import { escaped, type Message, mention, past, quoted, section } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** A removal takes minutes; more than that has a cause that people should hear of. */
const LATE_MS = 30 * 60_000;

/** What is said once of an instance that the bot made, in the audit channel or to its owner. */
export function madeMessage(made: MadeInstance, saying: Saying, reader: Reader = ENGLISH_READER): Message {
  const { saying: say } = wordsFor(reader).newInstance;
  const { state, name, source } = made;
  const what = instanceNamed(name, 'auraId' in state ? state.auraId : undefined);
  const id = escaped(made.restoreId);
  const removeAt = past(made.removeAt);
  switch (saying) {
    case 'made':
      return said(
        say.made({
          what,
          id,
          source: escaped(source.alias),
          owner: mention.person(made.owner),
          price: moneyWords(made.price.perHour, made.price.currency),
          removeAt,
        }),
      );
    case 'found':
      return said(say.found({ what, id, source: escaped(source.alias), removeAt }));
    case 'not-made': {
      const isKnown = state.status === 'not-made';
      const facts = { name: `\`${escaped(name)}\``, id, why: isKnown ? quoted(state.why, 300) : '' };
      return said(isKnown && state.neverWas ? say.neverWas(facts) : say.notMade(facts));
    }
    case 'ends-soon':
      return said(say.endsSoon({ what, id, removeAt }));
    case 'left-alone':
      return said(say.leftAlone({ what, id, name: quoted(made.leftAlone?.name ?? '', 60) }));
    case 'removed': {
      const facts = { what, id, at: 'at' in state ? past(state.at) : '' };
      if (state.status === 'removed' && state.by === 'others') return said(say.removedByOthers(facts));
      return said(isLate(made) ? `${say.removed(facts)} ${say.removedLate(removeAt)}` : say.removed(facts));
    }
    default:
      return saying satisfies never;
  }
}

/** An instance with a name such as the bot gives, which no record explains. */
export function strayMessage(
  stray: { readonly id: string; readonly name: string },
  isOurMark: boolean,
  reader: Reader = ENGLISH_READER,
): Message {
  return said(wordsFor(reader).newInstance.saying.stray({ what: instanceNamed(stray.name, stray.id), isOurMark }));
}

/** A record that the bot cannot read: its instance is removed by nobody, and the id says what to look for. */
export function unreadableMadeMessage(id: string, reader: Reader = ENGLISH_READER): Message {
  return said(wordsFor(reader).newInstance.saying.unreadable(`\`${escaped(id)}\``));
}

/** The one-time password, for one person's eyes. Never kept: the caller hands it to Slack and forgets it. */
export function passwordText(
  { name, state }: MadeInstance,
  password: string,
  reader: Reader = ENGLISH_READER,
): { readonly text: string } {
  const url = state.status === 'made' && state.connectionUrl ? `\`${escaped(state.connectionUrl)}\`` : undefined;
  return {
    text: wordsFor(reader).newInstance.password({
      name: `\`${escaped(name)}\``,
      user: '`neo4j`',
      password: `\`${escaped(password)}\``,
      url,
    }),
  };
}

function isLate({ state, removeAt }: MadeInstance): boolean {
  return state.status === 'removed' && Date.parse(state.at) - Date.parse(removeAt) > LATE_MS;
}

function instanceNamed(name: string, auraId: string | undefined): string {
  return auraId === undefined ? `\`${escaped(name)}\`` : `\`${escaped(name)}\` (\`${escaped(auraId)}\`)`;
}

function said(text: string): Message {
  return { text, blocks: [section(text)] };
}
