import type { direct as english } from '../en/direct.ts';

const NOW = 'Sie startet jetzt; auf der Karte lässt sie sich noch anhalten.';

function lateStart({ lateBy, plannedAt, why }: { lateBy: string; plannedAt: string; why: string }): string {
  return `Sie startet verspätet, ${lateBy} nach dem geplanten Start ${plannedAt}. Aufgezeichnet: „${why}“ Alles wurde noch einmal geprüft:`;
}

const stalledOver = (facts: { begunAt: string; time: string; seen: string; instance: string }) =>
  `Sie stockt: Sie begann ${facts.begunAt} und hat lange nichts Neues gezeigt. Erwartete Ausfallzeit: ${facts.time}. ${facts.seen} Der Bot sieht weiter nach; an Aura wird nichts mehr gesendet. Bitte ${facts.instance} in der Aura-Konsole ansehen. Falls sich auch dort nichts bewegt, bitte den Neo4j-Support fragen und die ID der Instanz nennen.`;

export const direct: typeof english = {
  which: ({ id, deed }) => `${id}, ${deed}`,
  openCard: 'Karte öffnen',
  confirmed: ({ by, startAt, lapsesAt }) =>
    `Freigegeben${by ? ` von ${by}` : ''}.${startAt ? ` Sie startet ${startAt}, oder nach ${lapsesAt} gar nicht mehr.` : ''} Die Karte zeigt jeden Schritt.`,
  denied: ({ by, why }) => `Abgelehnt von ${by}: „${why}“. Es wurde nichts getan.`,
  deniedShort: 'Abgelehnt. Es wurde nichts getan.',
  unanswered: (until) =>
    `Sie hat ${until} nicht alle nötigen Zustimmungen bekommen, also wurde nichts getan. Falls sie noch nötig ist, bitte neu anfragen und eine freigebende Person direkt ansprechen.`,
  lateStill: ({ lateBy, plannedAt, why, lapsesAt }) =>
    `Sie hat noch nicht begonnen: Der geplante Start ${plannedAt} lag ${lateBy} zurück, als das auffiel. Sie startet, sobald vorbei ist, was sie aufhält${lapsesAt === undefined ? '' : `, oder nach ${lapsesAt} gar nicht mehr`}; auf der Karte lässt sie sich noch stoppen. Aufgezeichnet: „${why}“`,
  startsLate: 'Sie startet verspätet.',
  late: {
    back: (facts) => `${lateStart(facts)} Der Datenverlust wäre ${facts.loss}. ${NOW}`,
    replaced: (facts) => `${lateStart(facts)} Alles in ${facts.target} würde überschrieben mit ${facts.by}. ${NOW}`,
    beside: (facts) => `${lateStart(facts)} Nichts würde überschrieben. ${NOW}`,
  },
  begunLate: ({ begunAt, lateBy, plannedAt, why, notUploaded }) =>
    `Sie hat verspätet begonnen, ${begunAt}: ${lateBy} nach dem geplanten Start ${plannedAt}. Aufgezeichnet: „${why}“ ${notUploaded ? `Zum Anhalten darf niemand die Datei hochladen; dann auf der Karte „${notUploaded}“ drücken.` : 'Anhalten lässt sie sich nicht mehr.'} Die Karte zeigt jeden Schritt, und wie sie endet, steht auch hier.`,
  noCard: ({ channel, why, id }) =>
    `Ihre Karte konnte in ${channel} nicht veröffentlicht werden${why ? ` (${why})` : ''}, also sieht sie dort niemand. Bitte den Betrieb des Bots ansprechen: Der Bot muss in diesen Kanal eingeladen oder der Kanal berichtigt werden; die Karte erscheint dann von selbst. \`/restore status ${id}\` zeigt, wo sie steht.`,
  judgeStart: (why) =>
    `Niemand weiß, ob sie lief. Aufgezeichnet: „${why}“ Bitte die Instanz in der Aura-Konsole ansehen und dann auf der Karte angeben, ob sie lief. Der Aufruf wird nicht noch einmal gesendet.`,
  stalled: {
    back: stalledOver,
    replaced: stalledOver,
    beside: ({ begunAt, time, seen, instance }) =>
      `Sie stockt: Das Anlegen der neuen Instanz begann ${begunAt} und hat lange nichts Neues gezeigt. Erwartet, bis sie läuft: ${time}. ${seen} Der Bot sieht weiter nach; eine zweite wird nicht angelegt. Bitte ${instance} in der Aura-Konsole ansehen. Falls sich auch dort nichts bewegt, bitte den Neo4j-Support fragen und die ID der Instanz nennen.`,
  },
  stalledSeen: ({ words, since }) => `Zuletzt gesehen, unverändert seit ${since}: „${words}“`,
  stalledSilent: ({ words, since }) => `Aura gibt keine brauchbare Antwort, seit ${since}. Aufgezeichnet: „${words}“`,
  stalledUnseen: 'Von Aura war dazu noch nichts zu sehen.',
  instance: ({ alias, auraId }) => `${alias} (Aura-ID ${auraId})`,
  newInstance: (auraId) => `die neue Instanz${auraId ? ` (Aura-ID ${auraId})` : ''}`,
  completed: (checks) => `Die Wiederherstellung ist abgeschlossen. Datenprüfungen: ${checks}`,
  failed: ({ why, condition, next }) => `Sie ist fehlgeschlagen. ${why} ${condition} ${next}`,
  stopped: {
    back: ({ person, target, point }) =>
      `Angehalten von ${person} vor dem Aufruf der Wiederherstellung. ${target} wurde nicht auf ${point} zurückgesetzt.`,
    replaced: ({ person, target }) =>
      `Angehalten von ${person}, bevor Daten ersetzt wurden. ${target} ist, wie sie war.`,
    beside: ({ person }) => `Angehalten von ${person} vor dem Aufruf zum Anlegen. Es wurde keine Instanz angelegt.`,
  },
  lapsed: (until) =>
    `Sie war freigegeben, konnte aber ${until} nicht starten, also wurde nichts getan. Bitte neu anfragen, falls sie noch nötig ist.`,
};
