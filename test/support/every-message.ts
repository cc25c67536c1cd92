import type { Reader } from '../../src/restore/language.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { messagesOfAnswers } from './answer-messages.ts';
import { exampleRestores } from './example-restores.ts';
import { messagesOfExports } from './export-messages.ts';
import { messagesOfForms } from './form-messages.ts';
import { messagesOfHistories } from './history-messages.ts';
import { messagesOfLists } from './list-messages.ts';
import { POLICY } from './message-facts.ts';
import { messagesOfMade } from './new-instance-messages.ts';
import { rareRestores } from './rare-restores.ts';
import { messagesOfRefusals, messagesOfTroubles } from './refusal-messages.ts';
import { messagesAbout, messagesOfNotices, noticesAbout } from './restore-messages.ts';
import { messagesOfRules } from './rules-messages.ts';
import { messagesOfShadows } from './shadow-messages.ts';

/** Something the bot says, with what it is about when that is one restore. */
export interface Said {
  readonly name: string;
  readonly kind: 'message' | 'view' | 'words' | 'options';
  readonly payload: unknown;
  readonly restore?: Restore;
}

/** Every message the bot has, as `reader` gets it; each kind stands in a file `…-messages.ts` beside this one. */
export function everyMessage(reader: Reader): readonly Said[] {
  return [
    ...exampleRestores().flatMap(([name, restore]) => messagesAbout(name, restore, reader)),
    ...rareRestores().flatMap(([name, restore]) => [
      ...messagesAbout(name, restore, reader),
      ...noticesAbout(name, restore, reader),
    ]),
    ...messagesOfNotices(reader),
    ...messagesOfHistories(reader),
    ...messagesOfAnswers(reader),
    ...messagesOfForms(reader),
    ...messagesOfLists(reader),
    ...messagesOfRefusals(reader),
    ...messagesOfRules(reader),
    ...messagesOfShadows(POLICY, reader),
    ...messagesOfExports(reader),
    ...messagesOfMade(reader),
    ...messagesOfTroubles(reader),
  ];
}
