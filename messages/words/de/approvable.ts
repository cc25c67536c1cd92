import type { approvable as english } from '../en/approvable.ts';

export const approvable: typeof english = {
  noAnswer: (schedules) =>
    schedules
      ? `Slack oder der Dienst, der weiß, wer Bereitschaft hat (${schedules}), hat nicht rechtzeitig geantwortet`
      : 'Slack hat nicht rechtzeitig gesagt, wer diese Personen sind',
  onCallUnknown: (schedules) => `wer Bereitschaft hat (${schedules}), ließ sich nicht herausfinden`,
  tooMany: 'es sind mehr Personen benannt, als der Bot auf einmal liest, und die gelesenen reichten nicht',
  card: {
    unchecked: ({ at, because, looksAgain }) =>
      `*Ob genug Personen freigeben können, ließ sich nicht prüfen* (${at}). Der Grund: ${because}. ${looksAgain ? 'Der Bot sieht von selbst alle paar Minuten wieder nach. ' : ''}Wer sich beim Entscheiden nicht nachschlagen lässt, kann nicht entscheiden.`,
    short: ({ at, short }) =>
      `*Nicht genug Personen können das freigeben:* ${short}, gesehen ${at}. Die anfragende Person, Gäste, Bots und inaktive Konten zählen nicht, und jede Person zählt einmal. Bitte den Betrieb des Bots ansprechen, damit mehr Personen benannt werden, oder die Anfrage zurückziehen. Der Bot sieht von selbst wieder nach, etwa jede Viertelstunde.`,
  },
  direct: {
    unchecked: ({ at, because, looksAgain }) =>
      `Sie wartet auf Freigabe, aber ob genug Personen sie freigeben können, ließ sich nicht prüfen (${at}). Der Grund: ${because}. ${looksAgain ? 'Der Bot sieht von selbst wieder nach und meldet hier, was er findet.' : 'Antwortet niemand, bitte jemanden davon direkt ansprechen.'}`,
    short: ({ at, short }) =>
      `Nicht genug Personen können sie freigeben: ${short}, gesehen ${at}. Die anfragende Person, Gäste, Bots und inaktive Konten zählen nicht, und jede Person zählt einmal. So kann sie nur ablaufen: Bitte den Betrieb des Bots ansprechen, damit mehr Personen benannt werden, oder sie auf ihrer Karte zurückziehen. Der Bot sieht von selbst wieder nach, etwa jede Viertelstunde.`,
    enough: (at) =>
      `Ob genug Personen sie freigeben können, war nicht bekannt, oder es waren nicht genug. Beim nächsten Nachsehen ${at} waren es genug. Dafür ist nichts mehr zu tun.`,
  },
};
