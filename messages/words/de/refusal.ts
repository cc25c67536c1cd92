import type { refusal as english } from '../en/refusal.ts';

export const refusal: typeof english = {
  about: ({ id, deed }) => ` (${id}, ${deed})`,
  asked: (people) => ` Gefragt sind ${people}.`,
  identityUnreadable:
    'Nichts wurde geändert: Slack hat nicht rechtzeitig gesagt, wer hier klickt, und ohne das ist die Antwort Nein. Bitte in einer Minute noch einmal versuchen.',
  notAPerson:
    'Nichts wurde geändert: Bots und Apps können keine Wiederherstellung anfragen und über keine entscheiden.',
  deactivated: 'Nichts wurde geändert: Dieses Konto ist nicht aktiv.',
  guest:
    'Nichts wurde geändert: Gäste können keine Wiederherstellung anfragen und über keine entscheiden. Bitte ein Vollmitglied des Workspace ansprechen.',
  outsider:
    'Nichts wurde geändert: Nur Mitglieder dieses Workspace können eine Wiederherstellung anfragen oder über sie entscheiden.',
  ownRequest: (asked) =>
    `Nichts wurde geändert: Das ist die eigene Anfrage, und eine zweite Person muss über sie entscheiden.${asked}`,
  notAnApprover: (asked) =>
    `Nichts wurde geändert: Du gehörst nicht zu denen, die über diese Instanz entscheiden.${asked}`,
  notTheRequester: (requester) =>
    `Nichts wurde geändert: Nur ${requester} hat sie angefragt und kann sie zurückziehen, ändern oder die Gefragten anstoßen. Ablehnen können die Gefragten.`,
  notInvolved: (asked) =>
    `Nichts wurde geändert: Das können nur die anfragende Person und die, die über diese Instanz entscheiden.${asked}`,
  notARequester: (alias) =>
    `Nichts wurde angefragt: Du gehörst nicht zu denen, die eine Wiederherstellung von ${alias} anfragen können. Bitte die Bereitschaft ansprechen.`,
  noLongerARequester: (alias) =>
    `Nichts wurde geändert: Nach Regeln, die seitdem geändert wurden, gehörst du nicht mehr zu denen, die eine Wiederherstellung von ${alias} anfragen können. Zurückziehen kannst du die Anfrage noch; wer anfragen darf, kann dann neu anfragen.`,
  alreadyPast: ({ status, by, at }) =>
    `Nichts wurde geändert: Diese Wiederherstellung ist darüber hinaus. Sie steht auf „${status}“${by ? ` durch ${by}` : ''} seit ${at}. Ihre Karte sagt, was daraus wurde.`,
  requestExpired: (at) =>
    `Nichts wurde geändert: Die Anfrage ist abgelaufen, ${at}. Ist die Wiederherstellung noch nötig, muss sie neu angefragt werden.`,
  planChanged:
    'Nichts wurde geändert: Der Plan ist nicht mehr der gezeigte. Bitte dies schließen, die Karte noch einmal lesen und neu entscheiden.',
  alreadyVoted: ({ isYes, at }) =>
    `Nichts wurde geändert: Du hast schon ${isYes ? 'zugestimmt' : 'Nein gesagt'}, ${at}, und eine Person hat eine Stimme. Für eine andere Entscheidung bitte zuerst die Stimme auf der Karte zurücknehmen.`,
  noVote: 'Nichts wurde geändert: Du hast zu dieser Anfrage keine Stimme, die sich zurücknehmen ließe.',
  wrongAnswer: 'Nichts wurde geändert: Eine Antwort war falsch. Bitte die Karte noch einmal lesen.',
  answerOfEarlierPlan:
    'Nichts wurde geändert: Die Antwort passte zum Plan vor der Änderung der Anfrage. Bitte die Karte noch einmal lesen.',
  formClosed: (until) =>
    `Nichts wurde geändert: Nach drei falschen Antworten ist keine Freigabe möglich bis ${until}. Bitte inzwischen die Karte lesen oder es jemand anderem überlassen. Ablehnen ist weiter möglich.`,
  anotherLooks: ({ by, until }) => `${by} sieht es sich schon an, bis ${until}. Entscheiden ist trotzdem möglich.`,
  nothingChanged: 'Nichts wurde geändert: Der Plan ist schon so.',
  notOffered: (what) =>
    `Nichts wurde geändert: ${what === 'check' ? 'Diese Prüfung' : 'Dieser Kanal'} wird für diese Instanz nicht mehr angeboten. Bitte das Formular noch einmal öffnen.`,
  othersUnreadable:
    'Nichts wurde geändert: Slack hat nicht rechtzeitig gesagt, ob die, die schon zugestimmt haben, das noch können, und diese Stimme wäre die letzte. Bitte in einer Minute noch einmal versuchen.',
  tooLateToStop: {
    restore: (status) =>
      `Zum Anhalten ist es zu spät: Der Aufruf der Wiederherstellung ist gesendet („${status}“). Wenn sie beendet ist, ist der Sicherungs-Snapshot auf der Karte der Rückweg.`,
    file: (status) =>
      `Zum Anhalten ist es zu spät: Die Datei ist übergeben („${status}“). Wenn die Wiederherstellung beendet ist, ist der Sicherungs-Snapshot auf der Karte der Rückweg.`,
    byHand: (button) =>
      `Nichts wurde geändert: Es wurde kein Aufruf gesendet. Zum Anhalten darf niemand die Datei hochladen; dann auf der Karte „${button}“ drücken.`,
    newInstance:
      'Zum Anhalten ist es zu spät: Der Aufruf zum Anlegen ist gesendet. Nichts wird überschrieben; wird die neue Instanz angelegt, wird sie zu ihrer Zeit entfernt.',
  },
  notWaitingForJudgement: (status) =>
    `Nichts wurde geändert: Diese Wiederherstellung wartet nicht mehr auf diese Antwort. Sie steht auf „${status}“.`,
  clocksApart: (difference) =>
    `Nichts wurde geändert: ${difference}, und nach diesen Uhren werden Zeitfenster, Ablauf und Datenverlust beurteilt. Der Betrieb des Bots muss sie richtig stellen; danach bitte noch einmal versuchen. Zurückziehen, Ablehnen und Anhalten gehen weiterhin.`,
  clockDifference: ({ clock, aheadMs }) =>
    `Die Uhr des Bots geht gegenüber der von ${clock === 'redis' ? 'Redis' : 'Aura'} um ${lengthWords(Math.abs(aheadMs))} ${aheadMs > 0 ? 'nach' : 'vor'}`,
  clockSetBack: (lastAt) =>
    `Nichts wurde geändert: Die Uhr des Bots wurde zurückgestellt. Der letzte Eintrag dieser Wiederherstellung ist von ${lastAt}, und diese Zeit ist nach jener Uhr noch nicht gekommen; deshalb kann niemand sagen, was abgelaufen ist. Der Betrieb des Bots muss die Uhr richtig stellen; danach bitte noch einmal versuchen. Zurückziehen, Ablehnen und Anhalten gehen weiterhin.`,
  stale: 'Nichts wurde geändert: Das war schon geschehen.',
  unknownInstance: ({ typed, meant }) =>
    `In der Konfiguration des Bots gibt es keine Instanz „${typed}“.${meant} \`/restore\` zeigt alle.`,
  noInstanceNamed: (example) =>
    `Welche Instanz ist gemeint? Bitte ihren Namen hinter den Befehl schreiben, wie ${example}. \`/restore\` zeigt alle.`,
  instanceClaimed: (id) =>
    `Nichts wurde angefragt: Für diese Instanz gibt es schon eine offene Wiederherstellung, ${id}. \`/restore status ${id}\` zeigt, wo sie steht.`,
  askedAgain: (id) =>
    `Aus diesem Formular ist nichts geworden: Es wurde unterwegs aufgehalten, und Sie haben dasselbe inzwischen noch einmal angefragt, mit ${id}. Verfolgen Sie es mit \`/restore status ${id}\`.`,
  snapshotNotUsable: (why) => `Dieser Snapshot ist nicht verwendbar: ${why}. Bitte einen anderen wählen.`,
  startInThePast:
    'Dieser Start liegt in der Vergangenheit. Bitte eine spätere Zeit wählen, oder „Sobald freigegeben ist“.',
  startTooSoon: (earliest) =>
    `Die Betroffenen müssen zuerst benachrichtigt werden: Der früheste Start ist ${earliest}.`,
  nextStart: (next) =>
    next.length > 0
      ? `Nächster möglicher Start: ${next.join(', oder ')}.`
      : 'In den nächsten drei Jahren ist kein späterer Start möglich.',
  orOverride: ' Oder einen Start in der Sperrzeit anfragen, mit einer Ausnahme.',
  overrideNotPossible: (alias) =>
    `Niemand ist benannt, der einem Start von ${alias} in einer Sperrzeit zustimmen könnte. Bitte einen anderen Start wählen.`,
  fieldMissing: 'Das wird für eine Wiederherstellung dieser Instanz gebraucht.',
  testOnProduction:
    'Ein Test der Wiederherstellung gehört auf eine Testinstanz, denn in der Produktion gehen dabei echte Daten verloren. Bitte eine andere Instanz oder einen anderen Grund wählen.',
  shortRule: ({ name, needed, possible }) =>
    `„${name}“ braucht ${needed}, und ${possible} ${possible === 1 ? 'ist' : 'sind'} zu finden`,
  cannotBeApproved: (short) =>
    `Nichts wurde geändert oder angefragt, denn niemand könnte freigeben: ${short}. Die anfragende Person, Gäste, Bots und inaktive Konten zählen nicht, und jede Person zählt einmal. Bitte den Betrieb des Bots ansprechen, damit mehr Personen benannt werden.`,
};

function lengthWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} Sekunden`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} Minuten` : `${Math.round(minutes / 60)} Stunden`;
}
