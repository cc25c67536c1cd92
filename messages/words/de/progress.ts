import type { progress as english } from '../en/progress.ts';

export const progress: typeof english = {
  status: ({ status, elapsed }) => `*${status}*, seit ${elapsed}`,
  noAnswer: ({ since, words }) =>
    `*Aura gibt keine brauchbare Antwort, seit ${since}.* Der Bot versucht es weiter. Aufgezeichnet: „${words}“`,
  seen: ({ words, at }) => `Aufgezeichnet: „${words}“ Gesehen ${at}.`,
  begunLate: ({ plannedAt, begunAt, heldUpBy }) =>
    `*Später als geplant begonnen:* geplant ${plannedAt}, begonnen ${begunAt}. ${heldUpBy === undefined ? 'Was aufhielt, wurde nicht gesehen: Der Bot lief nicht oder erreichte seine Aufzeichnungen nicht.' : `Was aufhielt, zuletzt gesehen: ${heldUpBy}`}`,
  late: ({ isStarted, by, plannedAt, why }) =>
    `*${isStarted ? 'Verspätet gestartet' : 'Startet verspätet'}:* ${by} nach dem geplanten Start ${plannedAt}. Aufgezeichnet: „${why}“`,
  starts: ({ at, lapsesAt, isHeld }) =>
    isHeld
      ? `*Durch einen Einspruch aufgehalten.* Der Start war vorgesehen ${at}.`
      : `Startet ${at}, oder nach ${lapsesAt} gar nicht mehr.`,
  startUnclear: (why) =>
    `Der Aufruf wurde einmal gesendet, und Aura zeigt kein Zeichen einer Wiederherstellung. Aufgezeichnet: „${why}“`,
  sayWhatHappened:
    'Bitte die Instanz in der Aura-Konsole ansehen und dann angeben, was geschehen ist. Der Aufruf wird nicht noch einmal gesendet.',
  stalled: (at) =>
    `*Stockt:* Dieser Schritt hat eine Weile nichts Neues gezeigt (bemerkt ${at}). Der Bot sieht weiter nach; bitte die Instanz in der Aura-Konsole ansehen.`,
  sent: ({ ago, downtime }) =>
    `Aufruf der Wiederherstellung vor ${ago} gesendet. Erwartete Ausfallzeit: ${downtime}. Anhalten ist nicht mehr möglich.`,
  restorePoint: {
    back: ({ point, plan }) => `Wiederherstellungspunkt: ${point} · Plan ${plan}`,
    replaced: ({ target, by, plan }) => `Alles in ${target} wird überschrieben mit ${by} · Plan ${plan}`,
    beside: ({ point, plan }) => `Wiederherstellungspunkt: ${point} · Plan ${plan}`,
  },
  checklist: {
    confirmed: {
      back: ({ person, loss }) => `✓ Freigegeben von ${person}, mit Zustimmung zu ${loss} Datenverlust`,
      replaced: ({ person, target }) =>
        `✓ Freigegeben von ${person}, mit Zustimmung dazu, dass alles in ${target} ersetzt wird`,
      beside: ({ person }) => `✓ Bestätigt von ${person}`,
    },
    told: ({ told, of, withPeople }) =>
      `${told === of ? '✓' : '…'} Betroffene benachrichtigt: ${told} von ${of} ${withPeople ? 'Kanälen und Personen' : 'Kanälen'}`,
    maybeTold: ({ channel, why }) =>
      `⚠ Nicht bekannt, ob benachrichtigt: ${channel}. Slacks Antwort ging verloren, und der Bot darf dort nicht nachsehen (${why}); bitte nachsehen, ob die Nachricht dort steht.`,
    notTold: ({ channel, why }) => `⚠ Nicht benachrichtigt: ${channel} (${why})`,
    verified: {
      back: ({ loss }) => `✓ Wiederherstellungspunkt geprüft; Datenverlust beim Start ${loss}`,
      replaced: () => '✓ Woher die Daten kommen, ist da, wie es vereinbart war',
      beside: () => '✓ Wiederherstellungspunkt geprüft',
    },
    toBeVerified: '… Wiederherstellungspunkt wird noch geprüft',
    documented: ({ nodes, relationships }) =>
      `✓ Datenstand festgehalten: ${nodes.toLocaleString('de-DE')} Knoten, ${relationships.toLocaleString('de-DE')} Beziehungen`,
    notDocumented: (why) => `– Datenstand nicht festgehalten: „${why}“`,
    toBeDocumented: '… Datenstand wird noch festgehalten',
    wayBack: (snapshot) => `✓ Rückweg: Sicherungs-Snapshot ${snapshot}`,
    wayBackToBeTaken: '… Rückweg: Sicherungs-Snapshot wird noch erstellt',
  },
};
