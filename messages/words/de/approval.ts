import type { approval as english } from '../en/approval.ts';

export const approval: typeof english = {
  title: (id) => `${id} freigeben`,
  restore: 'Wiederherstellen',
  agree: 'Zustimmen',
  close: 'Jetzt nicht',
  pointOnCard: 'den Wiederherstellungspunkt auf der Karte',
  snapshotOf: (at) => `den Snapshot von ${at}`,
  whatHappens: ({ point, requester }) => `wird auf ${point} zurückgesetzt, angefragt von ${requester}.`,
  word: 'WIEDERHERSTELLEN',
  typeWord: (word) => `${word} eingeben`,
  typeName: 'Den Namen der Instanz eingeben, die überschrieben wird',
  nameHint: 'Er steht fett oben in diesem Formular.',
  whichTime: 'Welche Zeit ist die des Wiederherstellungspunkts?',
  whichTimeHint: 'Sie steht auf der Karte. Alles, was danach geschrieben wurde, geht verloren.',
  orType: 'Oder eingeben',
  orTypeHint: 'In UTC, zum Beispiel 2026-11-21 03:04. Eine der beiden Antworten genügt.',
  exactly: (plan) => `Die Freigabe gilt für genau den Plan ${plan} auf der Karte.`,
  wrong: {
    word: (word) => `Bitte das Wort ${word} in Großbuchstaben eingeben.`,
    name: 'Das ist nicht der Name der Instanz auf der Karte. Bitte die Karte noch einmal lesen: Ist es die richtige?',
    typedTime: 'Das ist nicht die Zeit des Wiederherstellungspunkts auf der Karte, in UTC.',
    chosenTime: 'Das ist nicht die Zeit des Wiederherstellungspunkts. Bitte die Karte noch einmal lesen.',
    noTime:
      'Bitte die Zeit des Wiederherstellungspunkts wählen oder eingeben; fehlt das Feld dafür, bitte das Formular noch einmal öffnen.',
  },
};
