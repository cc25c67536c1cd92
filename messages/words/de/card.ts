import type { card as english } from '../en/card.ts';

export const card: typeof english = {
  about: ({ name, auraId, by }) => `Wiederherstellung von ${name} (${auraId}), angefragt von ${by}`,
  policy: (hash) => `Regelwerk ${hash}`,
  buttons: {
    approve: 'Freigeben…',
    deny: 'Ablehnen…',
    look: 'Ich sehe es mir an',
    takeBack: 'Meine Stimme zurücknehmen',
    edit: 'Ändern…',
    nudge: 'Anstoßen',
    withdraw: 'Zurückziehen',
    stop: 'Vor der Wiederherstellung anhalten',
    itRan: 'Sie lief: Daten prüfen',
    itDidNotRun: 'Sie lief nicht: abschließen',
  },
  what: ({ id, alias, environment, goal }) => `${id}: Wiederherstellung von ${alias} (${environment}) auf ${goal}`,
  environments: { production: 'Produktion', staging: 'Staging', development: 'Entwicklung' },
  waiting: ({ what, by, missing, loss }) =>
    `${what}, angefragt von ${by}. ${missing ? `Es fehlt noch: ${missing}.` : 'Eine zweite Person muss freigeben.'} Der Datenverlust wäre ${loss}.`,
  failed: ({ what, why }) => `${what} ist fehlgeschlagen: ${why}`,
  completed: ({ what, checks }) => `${what} ist abgeschlossen. Prüfungen: ${checks}.`,
  checks: {
    'not-started': 'nicht begonnen',
    running: 'laufen',
    passed: 'bestanden',
    warned: 'bestanden mit Warnungen',
    failed: 'nicht bestanden',
    error: 'nicht abgeschlossen',
    'not-run': 'nicht durchgeführt',
  },
  other: ({ what, status }) => `${what}. ${status}.`,
};
