import type { card as english } from '../en/card.ts';

function asked(facts: { what: string; person: string; missing: string | undefined }): string {
  const { what, person, missing } = facts;
  return `${what}, angefragt von ${person}. ${missing ? `Es fehlt noch: ${missing}.` : 'Eine zweite Person muss freigeben.'}`;
}

export const card: typeof english = {
  about: {
    back: ({ target, person }) => `Wiederherstellung von ${target}, angefragt von ${person}`,
    replaced: ({ target, person }) => `Überschreiben von ${target}, angefragt von ${person}`,
    beside: ({ target, person }) => `Neue Instanz neben ${target}, angefragt von ${person}`,
  },
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
  what: ({ id, deed }) => `${id}: ${deed}`,
  environments: { production: 'Produktion', staging: 'Staging', development: 'Entwicklung' },
  waiting: {
    back: (facts) => `${asked(facts)} Der Datenverlust wäre ${facts.loss}.`,
    replaced: (facts) => `${asked(facts)} Alles in ${facts.target} würde überschrieben.`,
    beside: (facts) => `${asked(facts)} Nichts wird überschrieben.`,
  },
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
