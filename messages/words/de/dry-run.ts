import type { dryRun as english } from '../en/dry-run.ts';

export const dryRun: typeof english = {
  label: 'Probe',
  box: 'Probelauf: alles außer den Aufrufen, die etwas verändern',
  boxMeaning: 'Nur die Freigebenden erfahren davon. Die Karte nennt die Aufrufe, die gemacht worden wären.',
  card: '*Probelauf: nichts wird verändert.* Es folgt, was eine echte Wiederherstellung täte; die Betroffenen werden nicht benachrichtigt.',
  which: (restore) => `Probelauf, nichts wird verändert. ${restore}`,
  effect:
    'Durch diese Zustimmung verändert sich nichts: Der Bot sieht sich alles an, nennt die Aufrufe und benachrichtigt keine Betroffenen.',
  submit: 'Probelauf starten',
  done: ({ point, at }) =>
    `*Probelauf beendet:* Eine Wiederherstellung auf ${point} hätte ${at} begonnen. Nichts wurde verändert. Diese Aufrufe wären gemacht worden:`,
  step: 'Die Schritte 3 bis 5 werden nicht ausgeführt: die Aufrufe werden stattdessen genannt',
};
