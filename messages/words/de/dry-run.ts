import type { dryRun as english } from '../en/dry-run.ts';

const CALLS = 'Nichts wurde verändert. Diese Aufrufe wären gemacht worden:';

export const dryRun: typeof english = {
  label: 'Probe',
  box: 'Probelauf: alles außer den Aufrufen, die etwas verändern',
  boxMeaning: 'Nur die Freigebenden erfahren davon. Die Karte nennt die Aufrufe, die gemacht worden wären.',
  card: '*Probelauf: nichts wird verändert.* Es folgt, was eine echte Wiederherstellung täte; die Betroffenen werden nicht benachrichtigt.',
  which: (restore) => `Probelauf, nichts wird verändert. ${restore}`,
  effect:
    'Durch diese Zustimmung verändert sich nichts: Der Bot sieht sich alles an, nennt die Aufrufe und benachrichtigt keine Betroffenen.',
  submit: 'Probelauf starten',
  done: {
    back: ({ point, at }) => `*Probelauf beendet:* Eine Wiederherstellung auf ${point} hätte ${at} begonnen. ${CALLS}`,
    replaced: ({ target, by, at }) =>
      `*Probelauf beendet:* ${at} hätte begonnen, ${target} zu überschreiben mit ${by}. ${CALLS}`,
    beside: ({ target, point, at }) =>
      `*Probelauf beendet:* Neben ${target} wäre ${at} eine neue Instanz aus dem Snapshot von ${point} angelegt worden. ${CALLS}`,
  },
};
