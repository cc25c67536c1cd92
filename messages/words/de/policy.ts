import type { policy as english } from '../en/policy.ts';

const DECIDED = {
  agreed: 'wurde zugestimmt',
  refused: 'wurde nicht zugestimmt',
  replaced: 'ist überholt',
  expired: 'ist abgelaufen',
} as const;

export const policy: typeof english = {
  refusal: {
    notBound:
      'Nichts wurde geändert: Einer Lockerung können nur die zustimmen, die die geltende Regel nennt. Sie stehen auf der Karte.',
    decided: ({ status, at }) =>
      `Nichts wurde geändert: Darüber ist entschieden (${DECIDED[status]}), ${at}. Die Karte sagt, was jetzt gilt.`,
    unknown:
      'Nichts wurde geändert: Dieser Vorschlag ist nicht mehr bekannt. Bitte in diesem Kanal nach einer neueren Karte sehen.',
    answeredAlready: ({ isYes, at }) =>
      `Nichts wurde geändert: Du hast schon ${isYes ? 'zugestimmt' : 'Nein gesagt'}, ${at}, und eine Person hat eine Antwort.`,
    othersUnreadable:
      'Nichts wurde geändert: Slack hat nicht rechtzeitig gesagt, ob die, die schon zugestimmt haben, das noch können, und diese Antwort wäre die letzte. Bitte in einer Minute noch einmal versuchen.',
  },
};
