import type { replies as english } from '../en/replies.ts';

/** How often Aura takes snapshots, by what `src/restore/tier.ts` calls it. */
const FREQUENCIES: Readonly<Record<string, string>> = {
  'on demand only, the latest is kept': 'nur auf Anforderung, der letzte wird aufbewahrt',
  daily: 'täglich',
  'daily full, hourly differential': 'täglich vollständig, stündlich differenziell',
  unknown: 'unbekannt',
};

export const replies: typeof english = {
  noneOpen: 'Keine Wiederherstellung ist offen. `/restore` fragt eine an.',
  snapshots: {
    about: ({ tier, frequency }) => `Stufe: ${tier}; geplante Snapshots: ${frequency}.`,
    frequency: (frequency) => FREQUENCIES[frequency] ?? frequency,
    none: ({ alias, days, about }) => `*${alias}* hat in den ${days} angesehenen Tagen keine Snapshots. ${about}`,
    title: ({ alias, daysRead, daysKept, about }) =>
      `*Snapshots von ${alias}*, neueste zuerst, ${daysRead} von ${daysKept} Tagen gelesen. ${about}`,
    more: ({ count, alias }) => `und ${count} ältere; das Formular von \`/restore ${alias}\` findet sie nach Datum`,
    mayBeDifferential: 'vielleicht differenziell',
    cannotBeUsed: (why) => `nicht verwendbar: ${why}`,
    replaces: ({ alias, tier }) =>
      `Es wurde kein Snapshot erstellt: Von einer Instanz der Stufe ${tier}, wie *${alias}* eine ist, bewahrt Aura nur den neuesten auf. Ein neuer träte an die Stelle des vorhandenen, und damit des einzigen Weges zurück. Wenn das so gewollt ist, bitte den alten zuerst in der Aura-Konsole exportieren, damit er erhalten bleibt, und den neuen dort erstellen.`,
    taken: ({ alias, snapshot }) =>
      `Aura erstellt einen Snapshot von *${alias}* (${snapshot}). \`/restore snapshots ${alias}\` zeigt, wann er vollständig ist.`,
  },
  stopped: {
    back: ({ id, target, point }) => `${id} ist angehalten. ${target} wurde nicht auf ${point} zurückgesetzt.`,
    replaced: ({ id, target, by }) => `${id} ist angehalten. ${target} wurde nicht überschrieben mit ${by}.`,
    beside: ({ id, target, point }) =>
      `${id} ist angehalten. Neben ${target} wurde keine neue Instanz aus dem Snapshot von ${point} angelegt.`,
  },
  help: {
    what: 'Eine Wiederherstellung setzt eine Aura-Instanz auf einen Snapshot zurück. Alles, was danach geschrieben wurde, geht verloren; deshalb muss eine zweite Person freigeben.',
    commands: [
      ['/restore', 'öffnet das Formular, mit dem eine Wiederherstellung angefragt wird'],
      ['/restore <Instanz>', 'ebenso, mit gewählter Instanz'],
      ['/restore status [ID]', 'wo eine Wiederherstellung steht; ohne ID die eigene'],
      ['/restore list', 'alle offenen Wiederherstellungen'],
      ['/restore cancel <ID>', 'hält eine Wiederherstellung an, bevor ihr Aufruf gesendet ist'],
      ['/restore undo <ID>', 'Rückkehr zum Stand vor einer Wiederherstellung anfragen'],
      ['/restore advise <Instanz>', 'welcher Weg zurück passt, und warum'],
      ['/restore snapshots <Instanz>', 'die Wiederherstellungspunkte, die Aura aufbewahrt'],
      ['/restore snapshot <Instanz>', 'erstellt jetzt einen Snapshot; braucht keine Freigabe'],
      [
        '/restore exports [Instanz]',
        'was Aura verlassen muss, was fällig oder überfällig ist, und die Dateien einer Instanz',
      ],
      ['/restore export <Instanz>', 'vor einer Auslieferung von den Zuständigen exportieren lassen'],
      [
        '/restore delegate [@Person] [until 2026-12-01]',
        'lässt jemanden eine Zeit lang für dich entscheiden; zeigt und beendet es auch',
      ],
      ['/restore help', 'diese Liste'],
    ],
  },
  unknown: ({ typed, meant }) =>
    `\`/restore\` kennt weder Befehl noch Instanz „${typed}“.${meant} \`/restore help\` zeigt, was es gibt.`,
  didYouMean: (words) => ` Vielleicht gemeint: ${words}?`,
  itsCard: (link) => `Ihre Karte: ${link}`,
};
