import type { goals as english } from '../en/goals.ts';

export const goals: typeof english = {
  by: {
    live: ({ source, hasBegun }) =>
      `den Daten von ${source}, wie sie beim Beginn des Kopierens ${hasBegun ? 'waren' : 'sind'}`,
    snapshot: ({ source, point }) =>
      `den Daten von ${source}, ${point ? `Stand ${point}` : 'auf dem Stand des Wiederherstellungspunkts auf der Karte'}`,
    file: ({ file, point }) => `dem Inhalt der Datei ${file}${point ? `, gesichert ${point}` : ''}`,
  },
  data: (by) => `überschrieben mit ${by}`,
  deed: {
    back: ({ target, point }) => `Wiederherstellung von ${target} auf den Snapshot von ${point}`,
    replaced: ({ target, by }) => `Überschreiben von ${target} mit ${by}`,
    beside: ({ target, point }) => `neue Instanz neben ${target} aus dem Snapshot von ${point}`,
  },
  short: {
    back: ({ point }) => `auf ${point}`,
    replaced: ({ by }) => `Überschreiben mit ${by}`,
    beside: ({ point }) => `neue Instanz aus dem Snapshot von ${point}`,
  },
};
