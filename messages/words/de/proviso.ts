import type { proviso as english } from '../en/proviso.ts';

export const proviso: typeof english = {
  onCondition: 'Nur unter dieser Bedingung',
  onConditionHint:
    'Mit einer Bedingung oder einem späteren Start zählt die Zustimmung, sobald die anfragende Person sie annimmt. Vorher beginnt nichts.',
  onStart: 'Nur mit einem Start nicht vor',
  onStartHint: 'In der eigenen Zeitzone. Angenommen ist es der geplante Start.',
  onlyLater:
    'Diese Zustimmung zählt nur mit einem späteren Start: Bitte „Nur mit einem Start nicht vor“ ausfüllen. Wer angefragt hat, muss ihn annehmen; vorher beginnt nichts.',
  condition: (condition) => `unter der Bedingung „${condition}“`,
  notBefore: (at) => `nicht vor ${at}`,
  and: ' und ',
  of: (person) => `von ${person}`,
  waits: ({ requester, voter, what, movesStart }) =>
    `*Wartet auf ${requester}:* ${voter} stimmt zu ${what}. Das zählt, sobald ${requester} es annimmt.${movesStart ? ' Damit verschiebt sich der geplante Start auf diese Zeit: Alle anderen, die entschieden haben, werden neu gefragt, außer wer denselben Start wollte.' : ''}`,
  accept: 'Annehmen',
  decline: 'Nicht annehmen',
  accepted: ({ voter, what, at }) =>
    `${voter} hat zugestimmt ${what}; die anfragende Person hat das angenommen, ${at}.`,
  agrees: ({ voter, what }) => `${voter} stimmt zu ${what}`,
  asked: (all) =>
    `${all}. Es zählt, sobald du es auf der Karte annimmst. Sonst fällt die Stimme weg, und es wird Bescheid gesagt.`,
  settledAlready: 'jemand hat unter einer Bedingung zugestimmt, und das ist schon erledigt.',
  declined: ({ by, what }) =>
    `${by} hat nicht angenommen, wovon deine Zustimmung abhing (${what}); sie zählt nicht mehr. Eine neue Entscheidung ist auf der Karte möglich.`,
  declinedShort: 'deine Zustimmung ist weggefallen: Wovon sie abhing, wurde nicht angenommen.',
  gone: 'Nichts wurde geändert: Diese Zustimmung gibt es nicht mehr, sie zählt schon, oder die Person kann nicht mehr entscheiden. Die Karte zeigt, was gilt.',
};
