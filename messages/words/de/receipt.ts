import type { receipt as english } from '../en/receipt.ts';

export const receipt: typeof english = {
  kinds: { known: 'bekannt', sampled: 'aus einer Stichprobe', estimated: 'geschätzt', unknown: 'unbekannt' },
  because: {
    'no-fingerprint': 'in der Nähe des Wiederherstellungspunkts nichts gezählt wurde',
    'no-credentials': 'der Bot keinen Zugang zur Datenbank hat',
    'no-answer': 'die Datenbank nicht geantwortet hat',
    'not-permitted': 'der Benutzer des Bots es nicht sehen darf',
    'not-configured': 'dafür keine Prüfung der Aktualität konfiguriert ist',
    'not-offered': 'diese Edition oder Stufe von Neo4j es nicht bietet',
    'too-costly': 'das Zählen mehr kosten würde als vorgesehen',
    'out-of-time': 'die Zeit für den Blick verbraucht war',
    refused: 'die Frage nicht nur liest oder Neo4j sie nicht annimmt',
    'no-number': 'die Antwort keine einzelne Zahl ist',
    'cannot-be-judged':
      'die Bedingung bei keinem davon entscheidbar war, etwa weil Zeiten mit Texten verglichen werden',
    'in-a-file': 'niemand in eine Datei sehen kann, bevor Aura sie geladen hat',
    'not-documented': 'Aura nicht sagt, ob sie mit den Daten kommen',
  },
  title: '*Was von den Daten verloren geht:*',
  nothing: '*Was von den Daten verloren geht:* nichts; die laufende Datenbank wird nicht angerührt.',
  impossible: '*Was von den Daten verloren geht:* unbekannt, weil der Bot keinen Zugang zu dieser Datenbank hat.',
  beingLooked: '*Was von den Daten verloren geht:* wird gerade angesehen.',
  lookedAt: (at) => `Angesehen ${at}.`,
  onTheWay: ({ gap, isAfter }) =>
    `Verglichen mit Anzahlen, die ${gap} ${isAfter ? 'nach' : 'vor'} dem Snapshot gezählt wurden; was dazwischen geschrieben wurde, ist nicht zu unterscheiden.`,
  preview: 'Verglichen mit dem Snapshot selbst: exakt.',
  between: ({ before, after }) =>
    `Dieser Wiederherstellungspunkt wurde nie gezählt. Verglichen mit dem, was zwischen den Zählungen ${before} und ${after} liegt.`,
  exportedPreview: 'Verglichen mit dem Snapshot selbst, wie er in einer Vorschau gezählt wurde.',
  exported: ({ id, snapshot }) =>
    `Das ist der Snapshot ${snapshot}, als dessen Export ${id} die Datei vermerkt ist; was in der Datei selbst ist, hat niemand gezählt.`,
  file: 'Was in der Datei ist, wurde nie gezählt.',
  liveSource: (at) =>
    `Verglichen mit der Quelle, wie sie gezählt wurde ${at}; sie kann sich ändern bis zum Start, wenn Aura sie kopiert.`,
  sourceNotSeen: (why) => `Die Quelle konnte nicht gezählt werden, weil ${why}.`,
  noSource: 'Dieser Wiederherstellungspunkt wurde nie gezählt; was er enthält, ist unbekannt.',
  lastWrite: {
    seen: ({ at, of }) => `• Zuletzt geschrieben: ${at}, nach dem jüngsten Wert von ${of}`,
    none: '• Zuletzt geschrieben: Die Prüfungen der Aktualität fanden keine einzige Zeit',
    unknown: (why) => `• Zuletzt geschrieben: unbekannt, weil ${why}`,
  },
  nodes: 'alle Knoten',
  relationships: 'alle Beziehungen',
  label: (name) => name,
  type: (name) => `Beziehungen ${name}`,
  lost: ({ what, count, now, before, kind }) =>
    `• ${what}: ${count} gehen verloren (jetzt ${now}, damals ${before}); ${kind}`,
  back: ({ what, count, now, before, kind }) =>
    `• ${what}: ${count} kommen zurück (jetzt ${now}, damals ${before}); ${kind}`,
  sameCount: ({ what, now, kind }) => `• ${what}: so viele wie damals (${now}); ${kind}`,
  lostToSource: ({ what, count, now, before, kind }) =>
    `• ${what}: danach ${count} weniger (jetzt ${now}, in der Quelle ${before}); ${kind}`,
  gainedFromSource: ({ what, count, now, before, kind }) =>
    `• ${what}: danach ${count} mehr (jetzt ${now}, in der Quelle ${before}); ${kind}`,
  sameAsSource: ({ what, now, kind }) => `• ${what}: so viele wie in der Quelle (${now}); ${kind}`,
  schemaOfSource: {
    changed: 'Die Quelle hat andere Indexe und Constraints; diese kommen mit.',
    unknown: 'Ob die Quelle dieselben Indexe und Constraints hat, ist unbekannt.',
  },
  howManyUnknown: (why) =>
    `• wie viel von dem, was jetzt da ist, verloren geht: unbekannt, weil ${why}. Alles davon wird ersetzt:`,
  thereNow: ({ what, now, kind }) => `• ${what}: jetzt ${now}; ${kind}`,
  moreKinds: (count) => `• und ${count} weitere Labels und Typen`,
  about: ({ what, why }) => `• ${what}: unbekannt, weil ${why}`,
  countsUnknown: (why) => `• Anzahlen: unbekannt, weil ${why}`,
  allUnknown: (why) => `• Anzahlen, Benutzer und Rollen: unbekannt, weil ${why}`,
  more: (count) => `• und ${count} weitere, die sich unterscheiden`,
  same: (count) =>
    `${count} ${count === 1 ? 'weiteres Label oder weiterer Typ hat' : 'weitere Labels und Typen haben'} dieselbe Anzahl, was nicht dieselben Daten bedeutet.`,
  schema: {
    changed: 'Indexe und Constraints haben sich seitdem geändert; sie gehen mit zurück.',
    unknown: 'Ob sich Indexe und Constraints geändert haben, ist unbekannt.',
  },
  question: ({ name, value, kind }) => `• ${name}: ${value}; ${kind}`,
  sampledValue: ({ value, atMost, looked, of }) =>
    `etwa ${value}, kaum mehr als ${atMost} (${looked} von ${of} angesehen)`,
  estimatedValue: (value) => `etwa ${value}`,
  users: {
    back: (names) => `• Benutzer, die zurückkommen, mit dem Passwort von damals: ${names}`,
    gone: (names) => `• Benutzer, die verschwinden: ${names}`,
    changed: ({ name, now, before }) => `• Benutzer ${name} ist dann wieder ${before} (jetzt ${now})`,
    same: '• Benutzer: dieselben Namen und Rollen; Passwörter sind nicht zu sehen und gehen auf die von damals zurück',
    unknown: (why) => `• Benutzer: unbekannt, weil ${why}`,
  },
  roles: {
    back: (names) => `• Rollen, die zurückkommen: ${names}`,
    gone: (names) => `• Rollen, die verschwinden: ${names}`,
    changed: ({ name, now, before }) => `• Rolle ${name} ist dann wieder ${before} (jetzt ${now})`,
    same: '• Rollen: dieselben Namen; was jede erlaubt, ist nicht zu sehen',
    unknown: (why) => `• Rollen: unbekannt, weil ${why}`,
  },
  moreNames: (count) => `• und ${count} weitere Änderungen`,
};
