import type { rulesChanged as english } from '../en/rules-changed.ts';

export const rulesChanged: typeof english = {
  headline: 'Die Regeln des Wiederherstellungs-Bots.',
  inForce: ({ hash, number }) => `Geltende Regeln: ${hash}.${number === undefined ? '' : ` Lockerung ${number}.`}`,
  recordGone: (instances) =>
    `*Die Aufzeichnung der Regeln war weg.* Der Bot hatte schon Regeln aufgezeichnet, und in Redis stehen sie nicht mehr. Eine neue Aufzeichnung wurde begonnen, für ${instances} Datenbanken, mit den Regeln, wie der Bot sie zuletzt kannte, oder sonst, wie die Konfigurationsdatei sie nennt; niemand wurde gefragt. Wenn ihr sie nicht selbst entfernt habt, findet heraus, was mit Redis geschehen ist, und vergleicht die Datei mit dem, was vereinbart war.`,
  first: (instances) =>
    `*Die Regeln gelten, wie die Konfigurationsdatei sie nennt*, für ${instances} Datenbanken. Vorher waren keine Regeln aufgezeichnet. Wenn dies nicht der erste Start des Bots ist, sind die Aufzeichnungen verloren gegangen, und niemand wurde nach diesen Regeln gefragt.`,
  file: (facts) => {
    const atOnce = facts.atOnce === undefined ? '' : ` Sofort in Kraft: ${facts.atOnce}.`;
    const waiting =
      facts.waiting === undefined
        ? ' Nichts darin ist lockerer.'
        : ` Lockerer, und es wartet, bis die zugestimmt haben, für die die Regeln gelten: ${facts.waiting}.`;
    return `*Der Bot wurde mit einer anderen Konfigurationsdatei gestartet.*${atOnce}${waiting}`;
  },
  agreed: ({ what, by }) =>
    `*Eine Lockerung ist in Kraft:* ${what}. Die letzte nötige Zustimmung kam von ${by}. Sie gilt für Anfragen von jetzt an; offene behalten ihre Regeln.`,
  refused: ({ what, by }) => `*Eine Lockerung wurde abgelehnt* von ${by}: ${what}. Was in Kraft ist, bleibt.`,
  expired: (what) =>
    `*Eine Lockerung ist abgelaufen*, weil nicht genug Personen geantwortet haben: ${what}. Was in Kraft ist, bleibt; der nächste Start mit derselben Datei schlägt sie wieder vor.`,
};
