import type { Reader } from '../src/restore/language.ts';
import { momentIn } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

const DATE = /<!date\^(\d+)\^[^|>]*\|[^>]*>(?: \([^)]* UTC\))?/g;
const PEOPLE = /<@[UW][A-Z0-9]+>(?:, <@[UW][A-Z0-9]+>)*/g;
const GROUPS = /<!subteam\^S[A-Z0-9]+>(?:, <!subteam\^S[A-Z0-9]+>)*/g;
/** A mark stands at the edge of a word: `my_data_base` and `3 * 4 * 5` are none. */
const BOLD = /(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*\S)\*(?![\p{L}\p{N}*])/gu;
const ITALIC = /(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*\S)_(?![\p{L}\p{N}_])/gu;
const CODE = /`([^`\n]+)`/g;

/**
 * Words of a message for the places where Slack shows mrkdwn as it is written, such as at a form's field: moments in the reader's
 * zone, people and groups counted since a mention would be an id, and no marks.
 */
export function plainWords(text: string, reader: Reader): string {
  const words = wordsFor(reader);
  const { basics } = words;
  return text
    .replaceAll(DATE, (_, seconds: string) =>
      momentIn(new Date(Number(seconds) * 1000).toISOString(), reader.zone, words),
    )
    .replaceAll(PEOPLE, (people) => basics.people(people.split(', ').length))
    .replaceAll(GROUPS, (groups) => basics.groups(groups.split(', ').length))
    .replaceAll(BOLD, '$1')
    .replaceAll(ITALIC, '$1')
    .replaceAll(CODE, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
