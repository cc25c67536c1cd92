import type { request as english } from '../en/request.ts';

const looked = { snapshot: 'der Snapshot ist verwendbar', file: 'die Datei ist die obige' };

export const request: typeof english = {
  reason: (label) => `Grund: ${label}`,
  ticket: (ticket) => `*Ticket:* ${ticket}`,
  expectedImpact: (impact) => `*Erwartete Auswirkung:* ${impact}`,
  willBeTold: (channels) => `*Werden benachrichtigt:* ${channels}`,
  dependsOnIt: (dependants) => `*Hängt davon ab:* ${dependants}`,
  looking: ({ by, until }) =>
    `*Liest gerade:* ${by}, bis ${until}. Alle, die gefragt sind, können trotzdem entscheiden.`,
  shorterLead: ({ lead, usual }) =>
    `*Kürzere Ankündigung, weil es dringend ist:* mindestens ${lead} vor dem Start statt ${usual}.`,
  inFreeze: ({ freezes, reason }) =>
    `*Start in einer Sperrzeit, mit Ausnahme:* ${freezes}. Warum sie nicht warten kann: „${reason}“`,
  overrideAsks: (people) => `*Müssen auch der Ausnahme zustimmen:* ${people}`,
  overrideAsksNobody: 'niemand, also kann sie nicht freigegeben werden',
  lost: (point) => `*Alles, was nach ${point} geschrieben wurde, geht verloren.*`,
  theRestorePoint: 'dem Wiederherstellungspunkt',
  dataLoss: ({ loss, lossNow, isLater, verdict }) =>
    `*Datenverlust:* ${loss}${isLater ? ` beim geplanten Start (${lossNow}, wenn es jetzt wäre)` : ''}; ${verdict}.`,
  downtime: ({ downtime, verdict }) => `*Ausfallzeit:* ${downtime}; ${verdict}.`,
  goesBackToo: (what) => `*Geht mit zurück:* ${what}, wie sie damals waren.`,
  exactPlan: '*Genauer Plan*',
  asSoonAsConfirmed: 'sobald freigegeben ist',
  onlyUsualChecks: 'nur was der Bot immer prüft',
  plan: {
    preflight: ({ bound, looksAt }) =>
      `1. Vorprüfung: Die Instanz läuft, ${looksAt ? `${looked[looksAt]}, ` : ''}der Datenverlust ist um höchstens ${bound} gewachsen`,
    baseline: '2. Anzahlen und Schema der Daten festhalten, wie sie jetzt sind',
    safetySnapshot: (isEvidence) =>
      `3. Einen Sicherungs-Snapshot erstellen und auf ihn warten${isEvidence ? '; er wird als Beweis aufbewahrt' : ''}`,
    restoreOwn: ({ snapshot, profile }) => `Snapshot ${snapshot} (${profile}) wiederherstellen`,
    restore: ({ what, at, lead, isInFreeze }) =>
      `4. ${what}, ein einziger Aufruf, ${at ? `Start ${at}` : lead ? `sobald freigegeben ist und ${lead} nach der Ankündigung an die Betroffenen` : 'sobald freigegeben ist'}${isInFreeze ? ', in einer Sperrzeit, für die eine Ausnahme gilt' : ''}`,
    checks: (checks) => `5. Daten prüfen: ${checks}`,
    caution:
      'Vorsicht: Dieser Snapshot ist vielleicht ein differenzieller; Aura lehnt seine Wiederherstellung möglicherweise ab.',
    hash: (hash) => `Plan ${hash}. Eine Freigabe gilt für genau diesen Plan.`,
  },
};
