import type { direct as english } from '../en/direct.ts';

export const direct: typeof english = {
  which: ({ id, alias, goal }) => `${id}, Wiederherstellung von ${alias} auf ${goal}`,
  openCard: 'Karte öffnen',
  confirmed: ({ by, startAt, lapsesAt }) =>
    `Freigegeben${by ? ` von ${by}` : ''}.${startAt ? ` Sie startet ${startAt}, oder nach ${lapsesAt} gar nicht mehr.` : ''} Die Karte zeigt jeden Schritt.`,
  denied: ({ by, why }) => `Abgelehnt von ${by}: „${why}“ Es wurde nichts getan.`,
  deniedShort: 'Abgelehnt. Es wurde nichts getan.',
  unanswered: (until) =>
    `Niemand hat sie ${until} freigegeben, also wurde nichts getan. Falls sie noch nötig ist, bitte neu anfragen und eine freigebende Person direkt ansprechen.`,
  startsLate: 'Sie startet verspätet.',
  late: ({ by, plannedAt, why, loss }) =>
    `Sie startet verspätet, ${by} nach dem geplanten Start ${plannedAt}. Aufgezeichnet: „${why}“ Alles wurde noch einmal geprüft: Der Datenverlust wäre ${loss}. Sie startet jetzt; auf der Karte lässt sie sich noch anhalten.`,
  noCard: ({ channel, why, id }) =>
    `Ihre Karte konnte in ${channel} nicht veröffentlicht werden${why ? ` (${why})` : ''}, also sieht sie dort niemand. Bitte den Betrieb des Bots ansprechen: Der Bot muss in diesen Kanal eingeladen oder der Kanal berichtigt werden; die Karte erscheint dann von selbst. \`/restore status ${id}\` zeigt, wo sie steht.`,
  judgeStart:
    'Der Aufruf der Wiederherstellung wurde einmal gesendet, und seine Antwort ging verloren; Aura zeigt kein Zeichen einer Wiederherstellung. Bitte die Instanz in der Aura-Konsole ansehen und dann auf der Karte angeben, ob sie lief. Der Aufruf wird nicht noch einmal gesendet.',
  completed: (checks) => `Die Wiederherstellung ist abgeschlossen. Datenprüfungen: ${checks}`,
  failed: ({ why, condition, next }) => `Sie ist fehlgeschlagen. ${why} ${condition} ${next}`,
  stopped: (by) => `Angehalten von ${by} vor dem Aufruf der Wiederherstellung.`,
  lapsed: (until) =>
    `Sie war freigegeben, konnte aber ${until} nicht starten, also wurde nichts getan. Bitte neu anfragen, falls sie noch nötig ist.`,
};
