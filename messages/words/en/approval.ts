/** The confirmation of a second person. */
export const approval = {
  title: (id: string) => `Confirm ${id}`,
  restore: 'Restore',
  agree: 'Agree',
  close: 'Not now',
  pointOnCard: 'the restore point on the card',
  snapshotOf: (at: string) => `its snapshot of ${at}`,
  whatHappens: (facts: { point: string; requester: string }) =>
    `is put back to ${facts.point}, as asked by ${facts.requester}.`,
  /** What is typed to confirm. The words of every language are accepted from everybody. */
  word: 'RESTORE',
  typeWord: (word: string) => `Type ${word}`,
  typeName: 'Type the name of the instance that will be overwritten',
  nameHint: 'It stands in bold at the top of this form.',
  whichTime: "Which time is the restore point's?",
  whichTimeHint: 'It stands on the card. Everything written after it will be lost.',
  orType: 'Or type it',
  orTypeHint: 'In UTC, such as 2026-11-21 03:04. One of the two answers is enough.',
  exactly: (plan: string) => `You confirm exactly the plan ${plan} on the card.`,
  wrong: {
    word: (word: string) => `Type the word ${word} in capital letters.`,
    name: 'This is not the name of the instance on the card. Read the card again: is it the right one?',
    typedTime: "This is not the restore point's time on the card, in UTC.",
    chosenTime: "This is not the restore point's time. Read the card again.",
    noTime: "Choose the restore point's time or type it; if there is no place for it, open the form again.",
  },
};
