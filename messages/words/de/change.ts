import type { DriftReason } from '../../../src/restore/failure.ts';
import type { change as english } from '../en/change.ts';

const afterDrift: Readonly<Record<DriftReason, string>> = {
  'instance-not-found':
    'Aura kennt eine Instanz dieses Plans nicht mehr. So kann niemand zustimmen; die anfragende Person kann zurückziehen und neu anfragen.',
  'instance-not-running':
    'Die Instanz läuft nicht. Bitte warten, bis sie läuft, oder sie in der Aura-Konsole fortsetzen oder reparieren, bevor jemand wieder zustimmt.',
  'restored-elsewhere':
    'Eine andere Wiederherstellung hat Daten ersetzt oder hat es vielleicht getan. Wer jetzt zustimmt, stimmt dieser mit den Daten zu, wie jene sie hinterlassen hat.',
  'rules-tightened': 'Jetzt müssen die zustimmen, die in den strengeren Regeln stehen.',
  'instance-changed': 'Die Instanz wurde geändert. Der Plan nennt sie jetzt, wie sie ist.',
  'snapshot-not-found':
    'Den Snapshot gibt es nicht mehr. Die anfragende Person kann mit „Ändern…“ einen anderen Wiederherstellungspunkt wählen.',
  'snapshot-not-usable':
    'Der Snapshot ist nicht verwendbar. Die anfragende Person kann mit „Ändern…“ einen anderen Wiederherstellungspunkt wählen.',
  'not-as-agreed':
    'Was im Datensatz steht, ist nicht das, dem zugestimmt wurde. Wer jetzt zustimmt, stimmt dem Plan zu, wie die Karte ihn jetzt zeigt.',
  'loss-grew': 'Der Datenverlust ist gewachsen. Wer jetzt zustimmt, stimmt ihm zu, wie er jetzt ist.',
  'no-longer-allowed':
    'Die Regeln erlauben das nicht mehr. So kann niemand zustimmen; die anfragende Person kann zurückziehen und neu anfragen, was sie erlauben.',
  'outside-window':
    'Die Regeln erlauben dann keinen Start. Solange das so ist, kann niemand zustimmen; die anfragende Person kann mit „Ändern…“ einen anderen Start wählen.',
};

export const change: typeof english = {
  fact: ({ label, was, is }) => `*${label}:* war ${was}; ist jetzt ${is}`,
  labels: {
    environment: 'Umgebung',
    instance: 'Instanz',
    restorePoint: 'Wiederherstellungspunkt',
    start: 'Start',
    freezeOverride: 'Ausnahme von der Sperrzeit',
    checks: 'Prüfungen',
    willBeTold: 'Werden benachrichtigt',
  },
  project: (id) => `Projekt ${id}`,
  unknown: 'unbekannt',
  noOverride: 'keine',
  askedAnew: ({ because, votes }) =>
    `*Neu gefragt:* ${because}${votes ? ` Dadurch hinfällige Stimmen: ${votes}.` : ''}`,
  toVoter: (because) =>
    `Es wird neu gefragt, und die bisherigen Stimmen zählen nicht mehr: ${because} Die Gefragten entscheiden auf der Karte neu.`,
  toRequester: (because) =>
    `Der Plan ist nicht mehr der, der angefragt wurde. ${because} Die Gefragten entscheiden auf der Karte.`,
  askedInVain: ({ at, status }) =>
    `Es wurde neu gefragt, ${at}. Sie ist inzwischen beendet, also gibt es nichts mehr zu entscheiden: ${status}. Die Karte zeigt, warum gefragt wurde und was daraus wurde.`,
  toVoterShort: 'Es wird neu gefragt.',
  edited: ({ by, at }) => `${by} hat den Plan geändert, ${at}.`,
  startAccepted: ({ by, of, at }) => `${by} hat den späteren Start angenommen, den ${of} wollte, ${at}.`,
  putOff: ({ by, at, why }) =>
    `${by} hat sie nach einem Einspruch verschoben (${at}): „${why}“. Es wurde kein Aufruf gesendet. Die anfragende Person kann mit „Ändern…“ einen anderen Start wählen.`,
  driftedUnvoted: ({ at, reason, why, instead }) =>
    `Was angefragt wurde, gilt nicht mehr (${at}). ${instead ?? afterDrift[reason]} Niemand hatte abgestimmt. Aufgezeichnet: „${why}“`,
  drifted: ({ at, reason, why, instead }) =>
    `Wozu zugestimmt wurde, gilt nicht mehr (${at}). ${instead ?? afterDrift[reason]} Es wurde kein Aufruf gesendet. Aufgezeichnet: „${why}“`,
};
