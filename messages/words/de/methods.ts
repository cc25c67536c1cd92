import type { methods as english } from '../en/methods.ts';

export const methods: typeof english = {
  names: {
    'restore-snapshot': 'Auf einen eigenen Snapshot zurücksetzen',
    overwrite: 'Mit den Daten einer anderen Instanz überschreiben',
    'backup-file': 'Eine Backup-Datei in der Aura-Konsole hochladen',
    upload: 'Eine Backup-Datei mit neo4j-admin hochladen',
    'new-instance': 'Eine neue Instanz aus einem Snapshot anlegen',
  },
  descriptions: {
    'restore-snapshot': 'Der übliche Weg: zurück auf einen eigenen Zeitpunkt',
    overwrite: 'Alles darin wird durch die Daten der anderen ersetzt',
    'backup-file': 'Eine Person lädt die Datei hoch; der Bot begleitet und beobachtet',
    upload: 'Ein Worker lädt eine Datei aus einem festgelegten Verzeichnis hoch',
    'new-instance': 'Nichts wird überschrieben; die neue kostet, bis sie entfernt wird',
  },
  label: 'Wie die Daten zurückkommen',
  source: 'Von welcher Instanz kopieren?',
  whichSource: 'Die Daten welcher Instanz?',
  noSource: 'Die Konfiguration nennt keine andere Instanz, deren Daten zu kopieren wären.',
  copied: 'Was wird kopiert?',
  aSnapshot: 'Ein Snapshot von ihr',
  asItIs: 'Die Instanz, wie sie beim Beginn des Kopierens ist',
  snapshotOf: (alias) => `Snapshot von ${alias}`,
  missingSource: 'Bitte die Instanz wählen, deren Daten kopiert werden.',
  overwrites: ({ target, source }) => `*Überschreibt:* ${target}\n*Mit den Daten von:* ${source}, die ihre behält`,
  replaced: ({ target, source, point }) =>
    `*Alles in ${target} wird durch die Daten von ${source} ersetzt, Stand ${point}.* Was ${source} da nicht enthielt, geht verloren.`,
  replacedLive: ({ target, source }) =>
    `*Alles in ${target} wird durch die Daten von ${source} ersetzt, wie sie beim Beginn des Kopierens sind.* Was ${source} dann nicht enthält, geht verloren.`,
  copyAge: (age) => `*Alter der kopierten Daten:* ${age}.`,
  pointOnCard: 'der des Wiederherstellungspunkts auf der Karte',
  live: 'wie sie beim Beginn des Kopierens ist',
  overwriteStep: ({ target, source, snapshot }) =>
    `${target} überschreiben mit ${snapshot ? `Snapshot ${snapshot} von ${source}` : `${source}, wie sie dann ist`}`,
  fileStep: ({ file, byHand }) =>
    byHand ? `Eine Person lädt ${file} in der Aura-Konsole hoch` : `Ein Worker lädt ${file} mit neo4j-admin hoch`,
  newInstanceStep: ({ what, snapshot }) => `Eine neue Instanz (${what}) aus Snapshot ${snapshot} anlegen`,
  refusal: {
    notExportable:
      'Dieser Snapshot ist nicht exportierbar, und Aura kopiert nur exportierbare in eine andere Instanz. Bitte einen anderen wählen, oder jetzt einen Snapshot machen und den wählen.',
    notAllowed: ({ method, allowed }) =>
      `Die Regeln dieser Instanz erlauben diesen Weg nicht: ${method}. Erlaubt: ${allowed}.`,
    onTier: {
      'restore-snapshot': (tier) =>
        `Von einer Instanz in ${tier} bewahrt Aura nur den neuesten Snapshot auf. Der Sicherungs-Snapshot, den der Bot vor jeder Wiederherstellung aufnimmt, träte an die Stelle dessen, zu dem es zurückgehen soll, und nichts ließe sich wiederherstellen. Exportiere jenen Snapshot in der Aura-Konsole, damit er erhalten bleibt, und stelle ihn dort wieder her, während eine zweite Person zusieht.`,
      overwrite: (tier) =>
        `Aura überschreibt keine Instanz in ${tier} aus einer anderen. Wähle eine andere Instanz oder einen anderen Weg.`,
    },
    sourceIsTarget:
      'Eine Instanz kann nicht mit sich selbst überschrieben werden. Bitte eine andere Quelle wählen, oder einen ihrer Snapshots wiederherstellen.',
    tooSmall: ({ source, target }) =>
      `Die Quelle hat ${source} und diese Instanz ${target}: Aura kopiert nicht in eine kleinere Instanz. Bitte eine größere wählen, oder diese zuerst vergrößern.`,
  },
};
