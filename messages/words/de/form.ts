import type { form as english } from '../en/form.ts';

export const form: typeof english = {
  title: 'Wiederherstellung',
  submit: 'Freigabe anfragen',
  close: 'Schließen',
  opening: 'Das Formular wird geöffnet…',
  instance: 'Instanz',
  whichInstance: 'Welche Instanz?',
  auraId: (id) => `Aura-ID ${id}`,
  claimed: ({ alias, card }) =>
    `*Für ${alias} gibt es schon eine offene Wiederherstellung: ${card}.* Eine zweite lässt sich erst anfragen, wenn sie beendet ist.`,
  claimedBeside: ({ alias, card }) =>
    `Für ${alias} gibt es eine offene Wiederherstellung: ${card}. Eine neue Instanz lässt sich trotzdem anfragen.`,
  asking: 'Aura wird nach der Instanz und ihren Snapshots gefragt…',
  auraTrouble: (words) =>
    `*Aura konnte nicht gefragt werden.* ${words} Zum erneuten Versuch bitte die Instanz noch einmal wählen.`,
  running: 'läuft',
  notRunning: (status) => `*${status}*; eine Wiederherstellung kann erst beginnen, wenn sie läuft`,
  aura: ({ status, memory, points, daysRead, daysKept }) =>
    `Aura: ${status}${memory ? ` · ${memory}` : ''}${daysKept === 0 ? '' : ` · ${points} ${points === 1 ? 'Wiederherstellungspunkt' : 'Wiederherstellungspunkte'} in ${daysRead} von ${daysKept} Tagen${daysRead < daysKept ? ', ältere werden noch gelesen' : ''}`}`,
  restorePoint: 'Wiederherstellungspunkt',
  restorePointHint: 'Neueste zuerst. Ein Datum oder eine Stunde eingeben, um einen älteren zu finden.',
  whichMoment: 'Auf welchen Zeitpunkt zurück?',
  reason: 'Grund',
  whyNeeded: 'Warum ist sie nötig?',
  whatHappened: 'Was ist passiert?',
  ticket: 'Ticketnummer',
  expectedImpact: 'Erwartete Auswirkung auf Personen und Systeme',
  missing: {
    instance: 'Bitte die Instanz wählen.',
    restorePoint: 'Bitte den Zeitpunkt wählen, auf den zurückgegangen wird.',
    reason: 'Bitte den Grund wählen.',
    startTime: 'Bitte die Startzeit wählen.',
  },
  snapshot: {
    unusable: {
      'still-running': 'noch in Arbeit',
      failed: 'fehlgeschlagen',
      cancelled: 'abgebrochen',
      'unknown-status': 'in einem Zustand, den der Bot nicht kennt',
    },
    old: ({ at, age }) => `${at} · ${age} alt`,
    cannotBeUsed: (when) => `NICHT VERWENDBAR · ${when}`,
    exportable: 'exportierbar',
    notExportable: 'nicht exportierbar',
    mayBeRefused: (kind) => `${kind}; evtl. differenziell, evtl. abgelehnt`,
  },
  start: {
    label: 'Beginn',
    whenConfirmed: 'Sobald freigegeben ist',
    afterNotice: (lead) => `Sobald freigegeben ist und angekündigt war (${lead})`,
    atTime: 'Zu einer bestimmten Zeit',
    offered: (at) => `Zum nächsten möglichen Start: ${at}`,
    time: 'Startzeit',
    timeHint: 'In der eigenen Zeitzone. Der Start kommt nie, bevor eine zweite Person freigegeben hat.',
    outlasts: ({ isSure, closes, from, to }) =>
      `*Die Wiederherstellung dauert ${isSure ? 'wahrscheinlich' : 'vielleicht'} länger als ihr Zeitfenster:* Es schließt ${closes}, und eine Ausfallzeit von ${from} bis ${to} ist zu erwarten.`,
    inFreeze: (why) => `*Startet in einer Sperrzeit:* ${why}`,
    notThen: (why) => `*Dann ist kein Start möglich:* ${why}`,
    frozen: 'Dieser Start liegt in einer Sperrzeit',
    another: 'Einen anderen Start wählen',
    override: 'In der Sperrzeit starten, mit einer Ausnahme',
    overrides: (freezes) =>
      `Der Plan nennt dann die Ausnahme von ${freezes}, und wer Ausnahmen von Sperrzeiten freigibt, muss auch zustimmen.`,
    whyNotWait: 'Warum kann es nicht bis nach der Sperrzeit warten?',
  },
  meaning: {
    title: '*Was das bedeutet*',
    choose: 'Bitte einen Wiederherstellungspunkt wählen, um zu sehen, was verloren ginge.',
    goesBackToo: (what) => `*Geht mit zurück:* ${what}.`,
    people: (facts) => ` (${besidesYou(facts)})`,
    notified: (facts) =>
      `*Werden beim Absenden benachrichtigt:* ${besidesYou(facts)}.${facts.unable > 0 ? ` Davon können ${facts.unable} nicht entscheiden: Gäste oder Mitglieder eines anderen Workspace.` : ''}`,
    askedToConfirm: (people) => `*Werden um Freigabe gebeten:* ${people}`,
    mustAgree: ({ needed, rule, people }) => `*Müssen zustimmen als ${rule}:* ${needed} von ${people}`,
    unusable: (why) => `*Dieser Snapshot ist nicht verwendbar: ${why}.* Bitte einen anderen wählen.`,
    dataLoss: ({ loss, isNow, verdict }) =>
      `*Datenverlust:* ${loss} ${isNow ? 'wenn es jetzt wäre' : 'beim geplanten Start'}, wachsend; ${verdict}.`,
    caution:
      '*Vorsicht:* Dies ist vielleicht ein differenzieller Snapshot; Aura lehnt seine Wiederherstellung möglicherweise ab.',
  },
};

function besidesYou({ count, isAtLeast }: { readonly count: number; readonly isAtLeast: boolean }): string {
  return `${isAtLeast ? 'mindestens ' : ''}${count} ${count === 1 ? 'Person' : 'Personen'} außer dir`;
}
