import type { undo as english } from '../en/undo.ts';

export const undo: typeof english = {
  button: 'Rückgängig machen…',
  possibleUntil: (until) =>
    `Rückgängig zu machen bis etwa ${until}, solange Aura den Sicherungs-Snapshot aufbewahrt. Die Schaltfläche öffnet die Anfrage; eine zweite Person muss sie freigeben.`,
  whenItRuns: ({ id, until }) =>
    `Aura behält ihn bis etwa ${until}. Der Bot kann keine Instanz zurücksetzen, die nicht läuft: Er nimmt zuerst einen Sicherungs-Snapshot auf, und Aura nimmt nur von einer laufenden Instanz einen auf. Stelle diesen Snapshot in der Aura-Konsole wieder her, gemeinsam mit der Person, die bestätigt hat; der Bot meldet es, wenn er es sieht, und bietet an, die Daten zu prüfen. Läuft die Instanz ohne das wieder, fragt \`/restore undo ${id}\` es hier an.`,
  tooLate: (until) =>
    `Aura hat den Sicherungs-Snapshot bis etwa ${until} aufbewahrt: Er ist wahrscheinlich nicht mehr da.`,
  undone: ({ id, at }) => `*Rückgängig gemacht* durch ${id}, ${at}.`,
  undoes: ({ id, point }) => `*Macht ${id} rückgängig:* alles geht zurück auf den Stand kurz davor, ${point}.`,
  reply: ({ id, by, alias, point }) =>
    `${id} wurde durch ${by} rückgängig gemacht: ${alias} ist, wie sie ${point} war, kurz vor jener Wiederherstellung.`,
  reasonText: (id) => `${id} rückgängig machen: `,
  nothingToUndo: (id) =>
    `${id} hat nichts verändert, das rückgängig zu machen wäre: Einen Rückweg hat nur eine Wiederherstellung, die an Aura gesendet wurde, beendet ist und noch nicht rückgängig gemacht wurde.`,
  askedTooLate: ({ id, alias, at, until }) =>
    `${id} ist nicht mehr rückgängig zu machen: Aura hat ihren Sicherungs-Snapshot von ${alias}, ${at}, bis etwa ${until} aufbewahrt. Nichts wurde angefragt. \`/restore ${alias}\` zeigt jeden Wiederherstellungspunkt, den Aura jetzt hat, auch diesen Snapshot, falls Aura ihn länger aufbewahrt hat. \`/restore advise ${alias}\` sagt, welcher andere Weg passt, etwa eine exportierte Datei.`,
  goesElsewhere: (id) =>
    `Nichts wurde geändert: Diese Anfrage macht ${id} rückgängig und geht darum auf den Sicherungs-Snapshot von ${id} zurück, auf keinen anderen Wiederherstellungspunkt. Für einen anderen bitte diese Anfrage zurückziehen und ihn mit \`/restore\` anfragen.`,
  noOtherPoint:
    'Ohne diesen Snapshot ist nichts rückgängig zu machen. Bitte diese Anfrage zurückziehen und mit `/restore` einen anderen Wiederherstellungspunkt anfragen.',
  undoesNothing:
    'Das würde keine Wiederherstellung rückgängig machen: Rückgängig machen heißt, die Instanz selbst auf den Sicherungs-Snapshot einer Wiederherstellung zu setzen, die noch nicht rückgängig gemacht wurde. Bitte diesen Snapshot wieder wählen, oder einen anderen Grund.',
  unknownInstance: (id) => `Die Instanz von ${id} steht nicht mehr in der Konfiguration des Bots.`,
};
