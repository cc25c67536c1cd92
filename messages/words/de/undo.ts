import type { undo as english } from '../en/undo.ts';

export const undo: typeof english = {
  button: 'Rückgängig machen…',
  possibleUntil: (until) =>
    `Rückgängig zu machen bis etwa ${until}, solange Aura den Sicherungs-Snapshot aufbewahrt. Die Schaltfläche öffnet die Anfrage; eine zweite Person muss sie freigeben.`,
  tooLate: (until) =>
    `Aura hat den Sicherungs-Snapshot bis etwa ${until} aufbewahrt: Er ist wahrscheinlich nicht mehr da.`,
  undone: ({ id, at }) => `*Rückgängig gemacht* durch ${id}, ${at}.`,
  undoes: ({ id, point }) => `*Macht ${id} rückgängig:* alles geht zurück auf den Stand kurz davor, ${point}.`,
  reply: ({ id, by, alias, point }) =>
    `${id} wurde durch ${by} rückgängig gemacht: ${alias} ist, wie sie ${point} war, kurz vor jener Wiederherstellung.`,
  reasonText: (id) => `${id} rückgängig machen: `,
  nothingToUndo: (id) =>
    `${id} hat nichts verändert, das rückgängig zu machen wäre: Einen Rückweg hat nur eine Wiederherstellung, die an Aura gesendet wurde, beendet ist und noch nicht rückgängig gemacht wurde.`,
  unknownInstance: (id) => `Die Instanz von ${id} steht nicht mehr in der Konfiguration des Bots.`,
};
