/** What the bot promises, and a defect of it breaks. */
export type BotPromise =
  | 'one restore call per decision'
  | 'a second person decides'
  | 'one run per instance'
  | 'nothing lost'
  | 'nothing twice'
  | 'nothing stuck'
  | 'the card says what the record says';

/** What the campaign promises itself: it says nothing about the bot, and a campaign that breaks it has failed as well. */
export const COMPLETE = 'the campaign is complete';

/** Which promise was broken, by what, in words. */
export interface Violation {
  readonly promise: BotPromise | typeof COMPLETE;
  /** Of a restore, or of another record; empty where no record is known to be its own. */
  readonly restoreId: string;
  readonly words: string;
  /** The call, load or act to which no record belongs, as it was seen from outside. */
  readonly sought?: Sought;
}

/** Something that happened to an instance at a time, in epoch milliseconds. */
export interface Sought {
  readonly at: number;
  readonly auraId: string;
  readonly seen?: unknown;
}

/** How a violation stands in the printout of the part that found it. */
export function lineOf(part: string, { promise, restoreId, words }: Violation): string {
  return `${part}: ${promise}: ${restoreId} ${words}`;
}

/** Whether a printout says that this promise was broken, in these words. */
export function saysBroken(printout: string, promise: BotPromise, words = ''): boolean {
  return printout.split('\n').some((line) => line.includes(`: ${promise}: `) && line.includes(words));
}
