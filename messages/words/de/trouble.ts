import type { trouble as english } from '../en/trouble.ts';

/** What an answer of Aura means, by the code that `src/aura/errors.ts` gives it. */
const MEANINGS: Readonly<Record<string, string>> = {
  'busy-retry-later': 'Aura ist mit einem anderen Vorgang auf der Instanz beschäftigt.',
  'not-now': 'Aura erlaubt das im jetzigen Zustand der Instanz nicht.',
  'not-found-instance': 'Aura kennt die Instanz nicht.',
  'not-found-snapshot': 'Aura kennt den Snapshot nicht.',
  credentials: 'Aura hat die Zugangsdaten des Bots nicht angenommen.',
  permission: 'Die Zugangsdaten des Bots erlauben das nicht.',
  payment: 'Aura verlangt, dass zuerst die Abrechnung geklärt wird.',
  unsupported: 'Die Stufe der Instanz unterstützt das nicht.',
  'rate-limited': 'Aura hat zu viele Anfragen mit diesen Zugangsdaten bekommen.',
  other: 'Aura hat die Anfrage abgelehnt.',
  unreachable: 'Aura hat keine brauchbare Antwort gegeben.',
  'unreadable-answer': 'Aura hat eine Antwort gegeben, die der Bot nicht lesen kann.',
  'no-budget': 'Der Anteil des Bots am Anfragelimit von Aura ist im Augenblick verbraucht.',
};

export const trouble: typeof english = {
  kinds: {
    'store-away':
      'Nichts wurde aufgezeichnet: Der Bot erreicht den Speicher seiner Aufzeichnungen gerade nicht. Die Datenbanken in Aura sind nicht gemeint. Bitte in einer Minute noch einmal versuchen; bleibt es dabei, bitte dem Betrieb des Bots Bescheid geben.',
    'store-unclear':
      'Der Bot hat seine Datenbank verloren, während er dies aufzeichnete; ob es aufgezeichnet wurde, weiß noch niemand. Bitte in einer Minute auf die Karte sehen, oder, wo keine ist, mit `/restore list` nachsehen: Dort steht, was gilt. Hat sich dort nichts geändert, bitte noch einmal tun; es kann nur einmal zählen.',
    'delegation-unclear':
      'Der Bot hat seine Datenbank verloren, während er dies aufzeichnete; ob es aufgezeichnet wurde, weiß noch niemand. Bitte in einer Minute auf die Startseite des Bots sehen: Sie zeigt, welche Plätze übergeben sind. Hat sich dort nichts geändert, bitte noch einmal tun; dasselbe Formular kann nur einmal zählen.',
    unexpected:
      'Im Bot ist etwas schiefgegangen, und das Gewünschte wurde nicht getan. Bitte noch einmal versuchen; passiert es wieder, bitte dem Betrieb des Bots Bescheid geben.',
    'unreadable-record':
      'Der Bot kann seine Aufzeichnung dieser Wiederherstellung nicht lesen. Es wurde nichts getan und nichts aufgezeichnet. Bitte dem Betrieb des Bots Bescheid geben.',
    'form-not-shown':
      'Slack hat das Formular nicht so gezeigt, wie es sein soll; damit wurde nichts angefragt und nichts entschieden. Bitte noch einmal versuchen; ist leer oder veraltet, was offen steht, bitte schließen und neu öffnen.',
    'unreadable-form':
      'Dieses Formular ist nicht mehr lesbar. Bitte schließen und von der Karte aus noch einmal öffnen.',
    'unknown-restore':
      'Der Bot kennt diese Wiederherstellung nicht mehr. Sie ist vielleicht älter als seine Aufzeichnungen.',
    'people-unread':
      'Niemand wurde angestoßen: Slack hat nicht rechtzeitig gesagt, wer gefragt ist. Bitte in einer Minute noch einmal versuchen oder jemanden direkt ansprechen.',
    'denial-needs-reason': 'Bitte den Grund nennen, damit die anfragende Person weiß, was zu tun ist.',
    'objection-needs-reason': 'Bitte sagen, was dagegen spricht, damit jemand antworten kann.',
    'answer-needs-words': 'Bitte wählen, was jetzt geschieht, und sagen, warum.',
    'other-workspace':
      'Das kommt aus einem anderen Slack-Workspace als dem, für den dieser Bot da ist. Es wurde nichts getan und nichts aufgezeichnet.',
    'old-button':
      'Dieser Knopf gehört zu einer älteren Nachricht und bewirkt nichts mehr. `/restore list` zeigt, was offen ist.',
  },
  auraSaid: ({ meaning, said }) => MEANINGS[meaning] ?? `Aura: „${said}“`,
  couldNotLook: 'Der Bot konnte nicht nachsehen.',
  snapshotUnclear: ({ said, alias }) =>
    `${said} Niemand weiß, ob Aura einen Snapshot von *${alias}* erstellt hat. Bitte in einer Minute \`/restore snapshots ${alias}\` ansehen, bevor noch einer verlangt wird.`,
  aura: (said) =>
    `${said} Es wurde nichts getan. Bitte in einer Minute noch einmal versuchen oder in der Aura-Konsole nachsehen.`,
};
