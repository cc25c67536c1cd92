import type { shadow as english } from '../en/shadow.ts';

export const shadow: typeof english = {
  title: (alias) => `Wiederherstellung am Bot vorbei: ${alias}`,
  found: ({ alias, environment, status, at }) =>
    `Jemand anderes stellt die Datenbank ${alias} (${environment}) wieder her oder lädt andere Daten hinein: Aura meldet sie als „${status}“, zuerst gesehen ${at}. Keine Wiederherstellung dieses Bots tut das, und niemand hat hier zugestimmt.`,
  foundFailed: ({ alias, environment, status, at }) =>
    `Jemand anderes hat versucht, andere Daten in die Datenbank ${alias} (${environment}) zu bringen, und es ist fehlgeschlagen: Aura meldet sie als „${status}“, zuerst gesehen ${at}. Die Datenbank ist nicht verfügbar. Keine Wiederherstellung dieses Bots hat das getan.`,
  before: ({ status, at }) => `Davor wurde sie zuletzt als „${status}“ gesehen, ${at}; dazwischen hat es begonnen.`,
  neverBefore: 'Der Bot hatte sie vorher noch nie angesehen; wann es begann, ist daher nicht bekannt.',
  who: (contact) =>
    `Alle in ihrem Aura-Projekt können in der Aura-Konsole eine Wiederherstellung starten, und Aura sagt nicht, wer es war. Es kann durchaus gewollt sein. Zu fragen: ${contact}.`,
  during: (id) =>
    `Die offene Anfrage ${id} hält diese Datenbank und hat noch nichts an Aura gesendet. Wurde ihr schon zugestimmt, so beginnt sie nicht auf einem Stand, dem niemand zugestimmt hat: Wer zugestimmt hat, wird neu gefragt.`,
  meanwhile:
    'Die Datenbank ist voraussichtlich nicht verfügbar, und neuere Daten können danach fehlen. Der Bot sieht weiter nach und sagt hier, wenn sie wieder läuft oder es fehlgeschlagen ist.',
  afterFailure:
    'Hier wird nichts weiter verfolgt. Um die Daten zurückzubekommen: mit /restore eine Wiederherstellung anfragen.',
  act: 'Wer für diese Datenbank eine Wiederherstellung anfragen darf, kann hier die Daten prüfen oder die Betroffenen benachrichtigen lassen.',
  verify: 'Daten prüfen',
  announce: 'Bekannt geben',
  record: (id) => `Wiederherstellung am Bot vorbei ${id}`,
  runningAgain: ({ alias, at }) =>
    `Die Datenbank ${alias} läuft wieder, gesehen ${at}. Welche Daten sie jetzt enthält, weiß der Bot nicht: Sie sollten geprüft werden.`,
  failed: ({ alias, status, at }) =>
    `Es ist fehlgeschlagen: Aura meldet die Datenbank ${alias} als „${status}“, gesehen ${at}. Die Datenbank ist nicht verfügbar. Um die Daten zurückzubekommen: mit /restore eine Wiederherstellung anfragen.`,
  gone: ({ alias, at }) =>
    `Aura kennt die Datenbank ${alias} nicht mehr, gesehen ${at}: Sie wurde gelöscht oder wird gerade gelöscht.`,
  endTitle: {
    'running-again': (alias) => `Wiederherstellung am Bot vorbei ist vorbei: ${alias}`,
    failed: (alias) => `Wiederherstellung am Bot vorbei fehlgeschlagen: ${alias}`,
    gone: (alias) => `Datenbank gelöscht: ${alias}`,
  },
  verified: ({ alias, by, at, words }) => `Die Daten von ${alias} wurden für ${by} angesehen, ${at}. ${words}`,
  verifiedTitle: (alias) => `Daten angesehen: ${alias}`,
  verifiedLimits:
    'Der Wiederherstellungspunkt ist nicht bekannt; wie alt die Daten sein dürfen, wurde daher nicht beurteilt.',
  notice: {
    title: 'UNGEPLANT: Datenbank am Bot vorbei wiederhergestellt',
    underWay: (status) => `Die Datenbank wird wiederhergestellt; Aura meldet sie als „${status}“`,
    'running-again': 'Die Datenbank läuft wieder',
    failed: 'Die Wiederherstellung ist fehlgeschlagen; die Datenbank ist nicht verfügbar',
    gone: 'Die Datenbank wurde gelöscht',
    data: 'Neuere Daten können fehlen; auf welchen Moment sie zurückgesetzt wurde, ist nicht bekannt',
    wait: (contact) => `Auf Nachricht warten von: ${contact}`,
    by: (by) => `Benachrichtigt für ${by}. Niemand hat dieser Wiederherstellung hier zugestimmt.`,
    contact: (contact) => `Bei Bedenken bitte melden bei: ${contact}`,
    about: ({ alias, environment, id }) => `Datenbank ${alias}, ${environment} · Wiederherstellung am Bot vorbei ${id}`,
  },
  refusal: {
    beingVerified: ({ by, at }) =>
      `Nichts wurde geändert: ${by} hat schon darum gebeten, ${at}. Das Ergebnis kommt im Thread, sobald die Datenbank läuft.`,
    announcedAlready: ({ by, at }) =>
      `Nichts wurde geändert: ${by} hat die Betroffenen schon benachrichtigen lassen, ${at}.`,
  },
  done: {
    verify: (alias) =>
      `Die Daten von ${alias} werden angesehen, sobald die Datenbank läuft. Das Ergebnis kommt im Thread der Nachricht.`,
    announce: (alias) => `Die Betroffenen von ${alias} werden jetzt benachrichtigt.`,
  },
};
