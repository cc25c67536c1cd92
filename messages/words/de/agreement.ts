import type { agreement as english } from '../en/agreement.ts';

export const agreement: typeof english = {
  ofBot: { approvers: 'freigebende Personen', override: 'Ausnahme von der Sperrzeit' },
  toConfirmOrDeny: (people) => `*Können freigeben oder ablehnen:* ${people}`,
  asked: (people) => `*Gefragt:* ${people}`,
  stillMissing: (what) => `*Es fehlt noch:* ${what}`,
  nobody: 'niemand',
  mustAgree: '*Müssen zustimmen, jede Person nur für eine Regel:*',
  endsIt: ({ needed, soFar }) => `*Beendet die Anfrage:* ein Nein von ${needed} Personen; bisher ${soFar}`,
  no: ({ by, at, why }) => `✗ Nein von ${by} ${at}: „${why}“`,
  missing: (rule) => rule,
  partly: ({ soFar, needed, rule }) => `${soFar} von ${needed} ${rule}`,
  rule: ({ isFilled, name, soFar, needed, agreed, asked }) =>
    `${isFilled ? '✓' : '…'} ${name}, ${soFar} von ${needed}: ${agreed ? `zugestimmt ${agreed}` : 'noch niemand'}. Gefragt: ${asked}`,
  spare: (people) => `Ebenfalls zugestimmt, bisher nicht gebraucht: ${people}`,
  effect: {
    only: 'Mit dieser Zustimmung benachrichtigt der Bot die Betroffenen und beginnt, oder wartet auf den geplanten Start.',
    last: 'Dies ist die letzte nötige Zustimmung: Der Bot benachrichtigt die Betroffenen und beginnt, oder wartet auf den geplanten Start.',
    counts: ({ rule, soFar, needed, missing }) =>
      `Diese Zustimmung zählt für „${rule}“ (${soFar} von ${needed}). Noch beginnt nichts. Danach fehlt noch: ${missing}.`,
    reserve: ({ rules, missing }) =>
      `Für „${rules.join('“, „')}“ ist schon alles beisammen; diese Zustimmung bleibt als Reserve. Noch beginnt nichts. Danach fehlt noch: ${missing}.`,
  },
};
