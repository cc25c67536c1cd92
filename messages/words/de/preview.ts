import type { preview as english } from '../en/preview.ts';

export const preview: typeof english = {
  statuses: {
    pass: 'bestanden',
    warn: 'mit Warnung',
    fail: 'nicht bestanden',
    error: 'nicht durchführbar',
    'timed-out': 'zu langsam',
    'not-run': 'nicht durchgeführt',
  },
  asked: (id) =>
    `*Vorschau ${id}:* angefragt, wartet auf Freigabe. Bis sie gezählt ist, sind die Zahlen oben so gut, wie sie sagen.`,
  beingMade: (id) =>
    `*Vorschau ${id}:* freigegeben; ihre Instanz wird angelegt, dann gezählt und geprüft. Das kommt auf diese Karte.`,
  counted: ({ id, at, checks }) => `*Vorschau ${id}:* gezählt ${at}. ${checks}`,
  noChecks: 'Wie ihre Prüfungen ausgingen, steht auf ihrer eigenen Karte.',
  checks: ({ passed, all, others }) => `Prüfungen darin: ${passed} von ${all} bestanden${others ? `; ${others}` : ''}.`,
  check: ({ name, status }) => `${name} ${status}`,
  moreChecks: (count) => `und ${count} weitere`,
  notCounted: ({ id, why }) => `*Vorschau ${id}:* konnte nicht gezählt werden: ${why}.`,
  because: {
    'not-agreed': 'sie wurde nicht freigegeben',
    stopped: 'sie wurde angehalten, bevor ihre Instanz angelegt war',
    'not-made': 'ihre Instanz wurde nicht angelegt oder läuft nicht; ihre eigene Karte sagt, warum',
    'dry-run': 'sie war ein Probelauf: Es wurde keine Instanz angelegt',
    'password-lost':
      'ihr Einmalpasswort kam nie an, weil die Antwort auf den Aufruf verloren ging. Frage eine andere Vorschau an, oder sieh selbst in die Instanz, mit einem Passwort, das du in der Aura-Konsole zurücksetzt',
    'holder-gone':
      'der Worker des Bots, der ihr Einmalpasswort hatte, ist weg. Frage eine andere Vorschau an; die Betreiber des Bots können new_instances.password_directory setzen, dann hat jeder Worker das Passwort',
    'no-answer': 'ihre Datenbank konnte nicht gefragt werden; ihre eigene Karte sagt, warum',
  },
  liveSame: (at) => `Auch die laufende Datenbank wurde gefragt (${at}): dieselben Ergebnisse.`,
  liveDiffers: ({ at, checks }) => `Auch die laufende Datenbank wurde gefragt (${at}), dort anders: ${checks}.`,
  liveCheck: ({ name, there, live }) => `${name} ${there} in der Vorschau und ${live} in der laufenden Datenbank`,
};
