import type { FailureReason } from '../../../src/restore/failure.ts';
import type { end as english } from '../en/end.ts';

/** What the record says in English, in German; the record's own words follow as evidence. */
const failures: Readonly<Record<FailureReason, string>> = {
  'instance-not-found': 'Aura kennt die Instanz nicht.',
  'restored-elsewhere': 'Jemand anderes hat die Datenbank inzwischen wiederhergestellt.',
  'instance-not-running': 'Die Instanz lief nicht.',
  'instance-changed': 'Die Instanz wurde nach der Freigabe geändert.',
  'snapshot-not-found': 'Den Snapshot gibt es nicht mehr.',
  'snapshot-not-usable': 'Der Snapshot ist nicht verwendbar.',
  'not-as-agreed': 'Was im Datensatz steht, ist nicht das, dem zugestimmt wurde.',
  'loss-grew': 'Der Datenverlust ist über das Vereinbarte hinaus gewachsen.',
  'rules-tightened': 'Die Regeln wurden nach der Freigabe strenger.',
  'outside-window': 'Das Zeitfenster war geschlossen.',
  'too-late': 'Der Aufruf war nicht rechtzeitig möglich.',
  'aura-refused': 'Aura hat die Anfrage abgelehnt.',
  'aura-credentials': 'Aura hat die Zugangsdaten des Bots nicht angenommen.',
  'safety-snapshot-failed': 'Der Sicherungs-Snapshot ist fehlgeschlagen.',
  'restore-refused': 'Aura hat die Wiederherstellung abgelehnt.',
  'restore-failed': 'Die Wiederherstellung ist in Aura fehlgeschlagen.',
  'file-not-usable': 'Die Datei ist nicht verwendbar.',
  'instance-deleted': 'Die Instanz wurde gelöscht.',
  'did-not-run': 'Die Wiederherstellung lief nicht.',
  'step-gave-up': 'Der Bot kam in diesem Schritt nicht weiter.',
};

export const end: typeof english = {
  completed: {
    back: ({ point, at }) =>
      `*Wiederhergestellt auf ${point}.* Alles, was danach geschrieben wurde, ist weg. Fertig ${at}.`,
    replaced: ({ target, by, at }) =>
      `*Überschrieben: alles in ${target} mit ${by}.* Was dort fehlte, ist weg. Fertig ${at}.`,
    beside: ({ point, at }) =>
      `*Die neue Instanz läuft, mit den Daten von ${point}.* Bereit ${at}. Nichts wurde überschrieben.`,
  },
  failed: ({ deed, reason, why }) => `*Nicht abgeschlossen: ${deed}.* ${failures[reason]} Aufgezeichnet: „${why}“`,
  failure: ({ reason, why }) => `${failures[reason]} Aufgezeichnet: „${why}“`,
  instance: (condition) => `*Die Instanz:* ${condition}`,
  whatToDo: (next) => `*Was zu tun ist:* ${next}`,
  denied: ({ by, why }) => `*Abgelehnt* von ${by}: „${why}“`,
  nothingDone: {
    back: ({ point }) => `Es wurde nichts getan. Der Wiederherstellungspunkt wäre ${point} gewesen.`,
    replaced: ({ target, by }) => `Es wurde nichts getan. Vorgesehen war: ${target} überschreiben mit ${by}.`,
    beside: ({ target, point }) =>
      `Es wurde nichts getan. Die neue Instanz neben ${target} hätte die Daten von ${point} gehabt.`,
  },
  withdrawn: ({ by, nothingDone }) => `*Zurückgezogen* von ${by}. ${nothingDone}`,
  stopped: {
    back: ({ person, point }) =>
      `*Angehalten* von ${person} vor dem Aufruf der Wiederherstellung. Die Instanz wurde nicht auf ${point} zurückgesetzt.`,
    replaced: ({ person, target, by }) =>
      `*Angehalten* von ${person}, bevor Daten ersetzt wurden. ${target} wurde nicht überschrieben mit ${by}.`,
    beside: ({ person, point }) =>
      `*Angehalten* von ${person} vor dem Aufruf zum Anlegen. Aus dem Snapshot von ${point} wurde keine neue Instanz angelegt.`,
  },
  expired: ({ deed, until, seenLate }) =>
    `*Abgelaufen.* Nicht alle nötigen Zustimmungen kamen ${until}: ${deed}. Keine Antwort ist ein Nein. Es wurde nichts getan. Bitte neu anfragen, falls es noch nötig ist.${seenLate}`,
  lapsed: ({ deed, by, until, seenLate }) =>
    `*Verfallen.* ${by} hat das freigegeben, aber es konnte ${until} nicht starten: ${deed}. Es wurde nichts getan. Bitte neu anfragen, falls es noch nötig ist.${seenLate}`,
  seenLate: (at) => ` Der Bot war zu dieser Zeit nicht da und hat es erst ${at} bemerkt.`,
  onlySeen:
    '*Die Antwort auf den Aufruf ging verloren.* Dass er lief, war am Status der Instanz zu sehen; eine Wiederherstellung, die jemand in diesem Moment in der Aura-Konsole gemacht hat, sähe genauso aus.',
  saidToHaveRun: ({ person, at }) =>
    `*Dass es lief, hat ${person} gesagt, ${at}.* Der Bot hat es in Aura nicht gesehen.`,
  restore: (outcome) => `*Wiederherstellung:* ${outcome}`,
  dataChecks: (outcome) => `*Datenprüfungen:* ${outcome}`,
  maybeTold: ({ channel, why, ofTheEnd }) =>
    `⚠ *Nicht bekannt, ob benachrichtigt:* ${channel}${ofTheEnd ? ', vom Ende' : ''}. Slacks Antwort ging verloren, und der Bot darf dort nicht nachsehen (${why}).`,
  notTold: ({ channel, why, ofTheEnd }) =>
    `⚠ *Nicht benachrichtigt:* ${channel}${ofTheEnd ? ', vom Ende' : ''} (${why})`,
  requestId: (id) => `*Request-ID von Aura:* ${id}`,
  marks: {
    pass: '✓ bestanden',
    warn: '⚠ Warnung',
    fail: '✗ NICHT BESTANDEN',
    error: '✗ nicht ausführbar',
    'timed-out': '✗ Zeit überschritten',
    'not-run': '– nicht durchgeführt',
  },
  check: ({ mark, name, words, owner }) =>
    `${mark}: *${name}*: „${words}“${owner ? ` (verantwortlich: ${owner})` : ''}`,
  notRun: ({ mark, names, words }) => `${mark}: ${names}: „${words}“`,
  wayBack: ({ snapshot, at, how, isEvidence }) =>
    `*Der Rückweg:* Sicherungs-Snapshot ${snapshot}, vollständig seit ${at}.${how && ` ${how}`}${isEvidence ? ' Er ist ein Beweis des Stands davor: Bitte in der Aura-Konsole exportieren, bevor er verfällt.' : ''}`,
  phases: {
    'awaiting-approval': 'Warten auf eine zweite Person',
    approved: 'Warten auf den Start',
    'taking-baseline': 'Datenstand festhalten',
    'requesting-safety-snapshot': 'Sicherungs-Snapshot anfordern',
    'awaiting-safety-snapshot': 'Sicherungs-Snapshot',
    'ready-to-restore': 'letzte Prüfung',
    'restore-sent': 'Warten auf die Antwort',
    'start-unclear': 'Warten auf ein Urteil',
    restoring: 'Wiederherstellung',
    verifying: 'Prüfungen',
  },
  timeTaken: ({ phases, downtime }) => `Gebrauchte Zeit: ${phases}. Die erwartete Ausfallzeit war ${downtime}.`,
};
