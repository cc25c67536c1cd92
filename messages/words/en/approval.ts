import type { Ways } from '../ways.ts';

const whatHappens: Ways<{ requester: string }> = {
  back: ({ point, requester }) =>
    `is put back to ${point ? `its snapshot of ${point}` : 'the restore point on the card'}, as asked by ${requester}.`,
  replaced: ({ by, requester }) => `is overwritten: everything in it is replaced by ${by}. Asked for by ${requester}.`,
  beside: ({ target, requester }) =>
    `${requester} asks for a new instance from a snapshot of ${target}. Nothing in ${target} is changed.`,
};

/** The confirmation of a second person. */
export const approval = {
  title: (id: string) => `Confirm ${id}`,
  restore: 'Restore',
  agree: 'Agree',
  close: 'Not now',
  whatHappens,
  /** What is typed to confirm. The words of every language are accepted from everybody. */
  word: 'RESTORE',
  typeWord: (word: string) => `Type ${word}`,
  typeName: 'Type the name of the instance that will be overwritten',
  /**
   * The form must say by itself what is overwritten: it covers the card, on a phone all of it, and whoever leaves it to look, with a
   * keyboard or a screen reader too, loses what was typed. What only the card says is asked in production: the restore point's time.
   */
  nameHint: 'It stands in bold at the top of this form.',
  typeSource: 'Type the name of the instance whose data is copied',
  sourceHint: 'It stands on the card, after "With the data of". Everything in the other one will be lost.',
  whichTime: "Which time is the restore point's?",
  whichTimeHint: 'It stands on the card. Everything written after it will be lost.',
  orType: 'Or type it',
  orTypeHint: 'In UTC, such as 2026-11-21 03:04. One of the two answers is enough.',
  exactly: (plan: string) => `You confirm exactly the plan ${plan} on the card.`,
  wrong: {
    word: (word: string) => `Type the word ${word} in capital letters.`,
    name: 'This is not the name of the instance, which stands in bold at the top of this form. Is it the right instance? If not, close the form and read the card again.',
    source: 'This is not the name of the instance whose data is copied. Read the card again: is it the right one?',
    noSource: 'Open the form again: it asks for the name of the instance whose data is copied.',
    typedTime: "This is not the restore point's time on the card, in UTC.",
    chosenTime: "This is not the restore point's time. Read the card again.",
    earlierTime:
      "This was the restore point's time before the request was changed. Read the card again; it may take a moment until it shows the new one.",
    noTime: "Choose the restore point's time or type it; if there is no place for it, open the form again.",
  },
};
