import type { notices as english } from '../en/notices.ts';

const UNCHANGED = () => 'Unverändert';
const UNKNOWN = () => 'Noch nicht bekannt: Das Team findet es heraus';
const BROKEN = () => 'Die Datenbank ist nicht verfügbar: Das Team arbeitet daran';

export const notices: typeof english = {
  labels: {
    When: 'Wann',
    Duration: 'Dauer',
    Impact: 'Auswirkung',
    Reason: 'Grund',
    'Last Data Point': 'Letzter Datenstand',
    'Data Loss': 'Datenverlust',
    Late: 'Verspätung',
    Why: 'Warum',
    Status: 'Stand',
    'Next Step': 'Nächster Schritt',
    'Completion Time': 'Abgeschlossen',
    'End Time': 'Beendet',
    'Data State': 'Zustand der Daten',
    'Action Required': 'Zu tun',
  },
  about: ({ alias, name, environment, id }) => `Datenbank ${alias} (${name}), ${environment} · Wiederherstellung ${id}`,
  aboutWhat: {
    back: ({ about }) => about,
    replaced: ({ about, by }) => `${about}: Überschreiben mit ${by}`,
    beside: ({ about, point }) => `${about}: neue Instanz aus dem Snapshot von ${point}`,
  },
  impact: {
    back: ({ hours }) => `Datenbank nicht verfügbar, ${hours} Stunden an Daten werden zurückgesetzt`,
    replaced: ({ target }) => `Datenbank nicht verfügbar, alles in ${target} wird überschrieben`,
    beside: ({ target }) => `Keine auf ${target}: Daneben wird eine neue Instanz angelegt`,
  },
  lastDataPoint: {
    back: ({ point }) => point,
    replaced: ({ by }) => `überschrieben mit ${by}`,
    beside: ({ point }) => point,
  },
  dataLoss: {
    back: ({ point }) => `Alle Änderungen nach ${point} gehen verloren`,
    replaced: ({ target, by }) => `Alles in ${target} wird überschrieben mit ${by}; was dort fehlt, geht verloren`,
    beside: () => 'Keiner',
  },
  reason: ({ label, text }) => `${label}. ${text}`,
  planned: {
    title: 'GEPLANTE WARTUNG: Wiederherstellung der Datenbank',
    begun: (at) => `Hat schon begonnen, ${at}; diese Ankündigung kommt verspätet`,
    missed: (plannedAt) => `Jeden Moment; geplant war ${plannedAt}, der Start ist verspätet`,
    duration: (hours) => `Voraussichtlich ${hours} Stunden`,
    please: 'Bitte:',
    lostUntilLoaded:
      'Was vom Beginn der Wartung bis zum Laden der Datei geschrieben wird, geht auch verloren, und kein Snapshot bringt es zurück',
    expectLoss: {
      back: () => '- Davon ausgehen, dass neuere Daten weg sind und der Dienst jetzt unterbrochen ist',
      replaced: ({ target }) =>
        `- Davon ausgehen, dass die Daten von ${target} durch andere ersetzt sind und der Dienst jetzt unterbrochen ist`,
      beside: () => '- Davon ausgehen, dass sich in der Datenbank nichts ändert',
    },
    saveBefore: (at) => `- Arbeit vor ${at} sichern`,
    saveAtOnce: '- Arbeit sofort an anderer Stelle sichern',
    planForIt: '- Die Unterbrechung des Dienstes einplanen',
    contact: (contact) => `- Bei Bedenken ansprechen: ${contact}`,
  },
  late: {
    title: 'WARTUNG VERSPÄTET: Wiederherstellung der Datenbank',
    when: (plannedAt) => `Sofort; geplant war ${plannedAt}`,
    whenStill: (plannedAt) => `Sobald vorbei ist, was sie aufhält; geplant war ${plannedAt}`,
    whenBegun: ({ begunAt, plannedAt }) => `Hat schon begonnen, ${begunAt}; geplant war ${plannedAt}`,
    why: (why) => `Aufgezeichnet: „${why}“`,
    please: (contact) => `Bitte Arbeit sofort an anderer Stelle sichern; bei Bedenken ansprechen: ${contact}`,
    pleaseBegun: (contact) => `Wie sie endet, folgt hier. Bei Bedenken bitte ansprechen: ${contact}`,
  },
  putOff: {
    title: 'WARTUNG VERSCHOBEN: Wiederherstellung der Datenbank',
    when: (at) => `Verschoben ${at}`,
    status: 'Die Wiederherstellung hat nicht begonnen; sie hat keine Daten verändert',
    reason: (why) => `Aufgezeichnet: „${why}“`,
    next: 'Der Wiederherstellung muss noch einmal zugestimmt werden. Sie beginnt nicht, ohne hier wieder angekündigt zu werden',
    contact: (contact) => `Bei Fragen ansprechen: ${contact}`,
  },
  completed: {
    title: 'WARTUNG ABGESCHLOSSEN: Datenbank wiederhergestellt',
    dataState: {
      back: ({ point }) => `Wiederhergestellt auf ${point}`,
      replaced: ({ by }) => `Überschrieben mit ${by}`,
      beside: UNCHANGED,
    },
    please: (contact) => `Bitte die eigenen Daten prüfen und Auffälligkeiten melden an: ${contact}`,
    restored: 'Der Dienst ist wieder da',
    checksFailed: ({ bad, of }) =>
      `Der Dienst ist wieder da, aber ${bad} von ${of} Datenprüfungen sind nicht bestanden; das Team geht dem nach`,
    notChecked: 'Der Dienst ist wieder da; die Daten wurden nicht automatisch geprüft',
  },
  ended: {
    title: 'WARTUNG BEENDET: Datenbank nicht wiederhergestellt',
    dataState: {
      unchanged: {
        back: () => 'Unverändert: Nichts wurde zurückgesetzt',
        replaced: () => 'Unverändert: Nichts wurde überschrieben',
        beside: UNCHANGED,
      },
      restored: { back: () => 'Zurückgesetzt', replaced: ({ by }) => `Überschrieben mit ${by}`, beside: UNCHANGED },
      unknown: { back: UNKNOWN, replaced: UNKNOWN, beside: UNCHANGED },
      broken: { back: BROKEN, replaced: BROKEN, beside: UNCHANGED },
    },
    nothingToDo: 'Nichts wegen dieser Wartung',
    wait: (contact) => `Bitte auf Nachricht warten von: ${contact}`,
    contact: (contact) => `Bei Bedenken bitte ansprechen: ${contact}`,
    cancelled: 'Angehalten, bevor die Wiederherstellung begann',
    lapsed: 'Nicht rechtzeitig gestartet; die Wartung fällt aus',
    failed: (why) => `Die Wiederherstellung wurde nicht abgeschlossen: ${why}`,
    off: 'Die Wartung fällt aus',
  },
  untold: 'Die Ankündigung dieser Wartung konnte hier nicht rechtzeitig veröffentlicht werden.',
  perhapsUntold: 'Niemand weiß, ob die Ankündigung dieser Wartung hier angekommen ist.',
  unannounced: {
    back: ({ point, begunAt }) =>
      `Es war eine Wiederherstellung der Datenbank auf ihren Stand von ${point}${begunAt ? `, begonnen ${begunAt}` : ''}.`,
    replaced: ({ by, begunAt }) =>
      `Es war ein Überschreiben der Datenbank mit ${by}${begunAt ? `; es begann ${begunAt}` : ''}.`,
    beside: ({ point, begunAt }) =>
      `Es war eine neue Instanz aus dem Snapshot von ${point}${begunAt ? `, begonnen ${begunAt}` : ''}.`,
  },
  unannouncedReason: ({ label, text }) => `Grund: ${label}. ${text}`,
};
