import type { looserRule as english } from '../en/looser-rule.ts';

const status: typeof english.status = {
  open: 'wartet auf Zustimmung',
  agreed: 'zugestimmt, in Kraft',
  refused: 'abgelehnt',
  replaced: 'durch eine andere Datei ersetzt',
  expired: 'ohne genügend Antworten abgelaufen',
};

export const looserRule: typeof english = {
  status,
  heading: (facts) => `Lockerung ${facts.number} · ${status[facts.status]}`,
  proposed: ({ at, about }) =>
    `Der Bot wurde ${at} mit einer Konfigurationsdatei gestartet, die eine Regel von *${about}* lockern würde. Wer die Datei geändert hat, weiß der Bot nicht.`,
  looser: '*Was lockerer würde*',
  notification: (facts) =>
    facts.status === 'open'
      ? `Lockerung ${facts.number}: Die Konfigurationsdatei würde eine Regel von ${facts.about} lockern. Das wartet, bis die zugestimmt haben, für die die Regel gilt.`
      : `Lockerung ${facts.number} von ${facts.about}: ${status[facts.status]}.`,
  mustAgree: ({ people, needed }) =>
    `*Wer zustimmen muss:* die, für die die geltende Regel gilt, und mindestens ${needed} verschiedene Personen: ${people}`,
  ruleLine: ({ rule, agreed, needed, who }) => `${rule}, ${agreed} von ${needed}: ${who}`,
  agreed: (people) => `zugestimmt haben ${people}`,
  nobodyYet: 'noch niemand',
  answers: (answers) => `*Antworten bisher:* ${answers ?? 'keine'}`,
  answer: ({ by, isYes, at }) => `${by} ${isYes ? 'stimmt zu' : 'lehnt ab'} (${at})`,
  states: {
    open: (expiresAt) =>
      `Bis dahin bleibt die strengere Regel in Kraft, für jede Anfrage. Ohne genügend Antworten läuft das ab: ${expiresAt}. Anfragen, die bei der Änderung offen sind, behalten die Regeln, unter denen sie gestellt wurden. Um das zurückzunehmen, die Datei ändern und den Bot neu starten.`,
    agreed: (at) =>
      `In Kraft seit ${at}, für Anfragen von da an. Anfragen, die offen waren, behalten die Regeln, unter denen sie gestellt wurden.`,
    refused: ({ at, by }) =>
      `Abgelehnt ${at} von ${by}. Die strengere Regel bleibt in Kraft. In der Datei steht weiterhin etwas anderes: Bitte berichtigen, sonst wird es bei der nächsten Änderung der Datei wieder vorgeschlagen.`,
    expired: (at) =>
      `Abgelaufen ${at}: Nicht genug Personen hatten geantwortet. Die strengere Regel bleibt in Kraft, und keine Antwort zählt mehr. In der Datei steht weiterhin etwas anderes: Es wird wieder vorgeschlagen, wenn der Bot mit ihr gestartet wird.`,
    replaced: (at) =>
      `Die Datei wurde noch einmal geändert ${at}. Antworten hierauf zählen nicht mehr; was in der neuen Datei lockerer ist, wird neu gefragt.`,
  },
  proposal: (hash) => `Vorschlag ${hash}. Eine Antwort zählt genau für diesen.`,
  agree: {
    label: 'Der Lockerung zustimmen',
    title: (number) => `Lockerung ${number} zustimmen?`,
    text: (about) =>
      `Die Regel von ${about} wird lockerer, sobald genug Personen zugestimmt haben. Du kannst das nicht zurücknehmen.`,
  },
  refuse: {
    label: 'Ablehnen',
    title: (number) => `Lockerung ${number} ablehnen?`,
    text: (about) => `Die Regel von ${about} bleibt, wie sie ist. Du kannst das nicht zurücknehmen.`,
  },
  back: 'Zurück',
};
