import type { approval as english } from '../en/approval.ts';

export const approval: typeof english = {
  title: (id) => `${id} freigeben`,
  restore: 'Wiederherstellen',
  agree: 'Zustimmen',
  close: 'Jetzt nicht',
  whatHappens: {
    back: ({ point, requester }) =>
      `wird auf ${point ? `den Snapshot von ${point}` : 'den Wiederherstellungspunkt auf der Karte'} zurückgesetzt, angefragt von ${requester}.`,
    replaced: ({ by, requester }) => `wird überschrieben: alles darin, mit ${by}. Angefragt von ${requester}.`,
    beside: ({ target, requester }) =>
      `${requester} fragt eine neue Instanz aus einem Snapshot von ${target} an. An ${target} ändert sich nichts.`,
  },
  word: 'WIEDERHERSTELLEN',
  typeWord: (word) => `${word} eingeben`,
  typeName: 'Den Namen der Instanz eingeben, die überschrieben wird',
  nameHint: 'Er steht fett oben in diesem Formular.',
  typeSource: 'Den Namen der Instanz eingeben, deren Daten kopiert werden',
  sourceHint: 'Er steht auf der Karte, nach „Mit den Daten von“. Alles in der anderen geht verloren.',
  whichTime: 'Welche Zeit ist die des Wiederherstellungspunkts?',
  whichTimeHint: 'Sie steht auf der Karte. Alles, was danach geschrieben wurde, geht verloren.',
  orType: 'Oder eingeben',
  orTypeHint: 'In UTC, zum Beispiel 2026-11-21 03:04. Eine der beiden Antworten genügt.',
  exactly: (plan) => `Die Freigabe gilt für genau den Plan ${plan} auf der Karte.`,
  wrong: {
    word: (word) => `Bitte das Wort ${word} in Großbuchstaben eingeben.`,
    name: 'Das ist nicht der Name der Instanz, der fett oben in diesem Formular steht. Ist es die richtige Instanz? Wenn nicht, bitte das Formular schließen und die Karte noch einmal lesen.',
    source:
      'Das ist nicht der Name der Instanz, deren Daten kopiert werden. Bitte die Karte noch einmal lesen: Ist es die richtige?',
    noSource: 'Bitte das Formular noch einmal öffnen: Es fragt nach dem Namen der Instanz, deren Daten kopiert werden.',
    typedTime: 'Das ist nicht die Zeit des Wiederherstellungspunkts auf der Karte, in UTC.',
    chosenTime: 'Das ist nicht die Zeit des Wiederherstellungspunkts. Bitte die Karte noch einmal lesen.',
    earlierTime:
      'Das war die Zeit des Wiederherstellungspunkts, bevor die Anfrage geändert wurde. Bitte die Karte noch einmal lesen; es kann einen Moment dauern, bis sie die neue zeigt.',
    noTime:
      'Bitte die Zeit des Wiederherstellungspunkts wählen oder eingeben; fehlt das Feld dafür, bitte das Formular noch einmal öffnen.',
  },
};
