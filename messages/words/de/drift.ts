import type { drift as english } from '../en/drift.ts';

const seen: Readonly<Record<Parameters<typeof english.card>[0]['reason'], string>> = {
  'instance-not-found': 'Aura kennt eine Instanz dieses Plans nicht mehr.',
  'instance-not-running': 'Die Instanz läuft nicht.',
  'restored-elsewhere': 'Jemand anderes hat andere Daten in die Instanz gebracht.',
  'rules-tightened': 'Die Regeln sind strenger geworden.',
  'instance-changed': 'Die Instanz wurde geändert.',
  'snapshot-not-found': 'Den Wiederherstellungspunkt gibt es nicht mehr.',
  'snapshot-not-usable': 'Der Wiederherstellungspunkt ist nicht mehr verwendbar.',
  'not-as-agreed': 'Was im Datensatz steht, ist nicht das, dem zugestimmt wurde.',
  'loss-grew': 'Der Datenverlust ist gewachsen.',
  'no-longer-allowed': 'Die Regeln erlauben das nicht mehr.',
  'outside-window': 'Die Regeln erlauben dann keinen Start.',
};

function next({ isGone, mayEdit }: Parameters<typeof english.noted>[0]): string {
  if (!isGone) {
    return 'Freigegeben werden kann sie trotzdem; sie startet nur, wenn das bis dahin vorbei ist, sonst wird neu gefragt.';
  }
  const can = mayEdit
    ? 'Die anfragende Person kann mit „Ändern…“ einen anderen Wiederherstellungspunkt wählen oder sie zurückziehen.'
    : 'Die anfragende Person kann sie zurückziehen und neu anfragen.';
  return `So kann niemand sie freigeben. ${can}`;
}

export const drift: typeof english = {
  card: (facts) =>
    `*${seen[facts.reason]}* Gesehen ${facts.at}. ${next(facts)} Der Bot sieht weiter nach. Aufgezeichnet: „${facts.why}“`,
  noted: (facts) =>
    `Sie ist nicht mehr so, wie sie angefragt wurde. ${seen[facts.reason]} Gesehen ${facts.at}. ${next(facts)} Der Bot sieht weiter nach. Aufgezeichnet: „${facts.why}“`,
  over: ({ at, since, why }) =>
    `Instanz und Wiederherstellungspunkt sind wieder wie geplant, gesehen ${at}. Was seit ${since} anders war, ist aufgezeichnet: „${why}“ Sie kann so freigegeben werden.`,
  allowedAgain: ({ at, since, why }) =>
    `Die Regeln erlauben sie wieder, gesehen ${at}. Was seit ${since} dagegen stand, ist aufgezeichnet: „${why}“ Sie kann so freigegeben werden.`,
  refused: ({ what, at, why }) =>
    what === 'instance'
      ? `Nichts wurde freigegeben: Aura kennt eine Instanz dieses Plans nicht mehr, gesehen ${at}. Die anfragende Person kann die Anfrage zurückziehen und neu anfragen. Ablehnen ist weiter möglich. Aufgezeichnet: „${why}“`
      : `Nichts wurde freigegeben: Den Wiederherstellungspunkt dieses Plans gibt es nicht mehr, oder er ist nicht mehr verwendbar, gesehen ${at}. Die anfragende Person kann mit „Ändern…“ einen anderen wählen oder die Anfrage zurückziehen. Ablehnen ist weiter möglich. Aufgezeichnet: „${why}“`,
};
