import type { home as english } from '../en/home.ts';

export const home: typeof english = {
  request: 'Wiederherstellung anfragen…',
  refresh: 'Zum Aktualisieren diese Seite noch einmal öffnen.',
  asOf: (at) => `Stand: ${at}. Zum Aktualisieren diese Seite noch einmal öffnen.`,
  waiting: 'Wartet auf deine Entscheidung',
  waitingNone: 'Nichts wartet auf deine Entscheidung.',
  mine: 'Von dir angefragt',
  mineNone: 'Du hast keine offene Anfrage.',
  places: 'Übergebene Plätze',
  placesUnknown: 'Der Bot kann im Moment nicht nachsehen, wer wen vertritt.',
  morePlaces: (count) => `und ${count} weitere: \`/restore delegate\``,
  underWay: 'Im Gang',
  underWayNone: 'Keine Wiederherstellung ist im Gang.',
  ended: 'Kürzlich beendet',
  endedNone: 'Noch keine Wiederherstellung ist beendet.',
  more: (count) => `und ${count} weitere: \`/restore list\``,
  wouldLose: {
    back: ({ loss }) => `Datenverlust wäre ${loss}`,
    replaced: ({ target }) => `würde alles in ${target} ersetzen`,
    beside: () => 'kein Datenverlust',
  },
  line: ({ goal, by, at }) => `${goal} · angefragt von ${by} ${at}`,
  unreadable: (ids) =>
    `Der Bot kann seine Aufzeichnungen von ${ids} nicht lesen. Bitte dem Betrieb des Bots Bescheid geben.`,
};
