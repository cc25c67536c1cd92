import type { delegation as english } from '../en/delegation.ts';

export const delegation: typeof english = {
  voter: ({ by, standingInFor }) => `${by} für ${standingInFor}`,
  askedToo: ({ to, from, until }) => `${to} für ${from} bis ${until}`,
  allAskedToo: (people) => `*Ebenfalls gefragt, in Vertretung:* ${people}`,
  for: (person) => `*Für ${person}:*`,
  forLine: (line) => `Für die Person in Zeile ${line}`,
  inOwnRight: 'Aus eigenem Recht',
  iAgree: 'Zustimmung',
  oneVote: 'Eine Person hat eine Stimme. Die Plätze stehen oben, in dieser Reihenfolge.',
  alreadyVoted: ({ isYes, voter, at }) =>
    `Nichts wurde geändert: ${voter} hat schon ${isYes ? 'zugestimmt' : 'Nein gesagt'}, ${at}, und ein Platz hat eine Stimme. Beide können sie auf der Karte zurücknehmen.`,
  notYourPlace: ({ of, asked }) =>
    `Nichts wurde geändert: Du vertrittst ${of} nicht oder nicht mehr, oder ${of} entscheidet selbst nicht über diese Wiederherstellung.${asked}`,
  title: 'Platz übergeben',
  submit: 'Übergeben',
  close: 'Schließen',
  what: 'Jemand anderes kann eine Zeit lang für dich zustimmen oder Nein sagen, überall, wo du selbst entscheiden kannst. Ihr habt zusammen eine Stimme. Der Platz lässt sich nicht weitergeben, gilt nicht für Anfragen, die eine oder einer von euch gestellt hat, und erlaubt nichts, was du in dem Moment nicht selbst könntest.',
  given: ({ to, from, until }) => `${to} vertritt dich${from ? ` ab ${from}` : ''} bis ${until}.`,
  held: ({ of, from, until }) => `Du vertrittst ${of}${from ? ` ab ${from}` : ''} bis ${until}.`,
  takeBack: 'Zurücknehmen',
  handBack: 'Zurückgeben',
  toWhom: 'An wen',
  from: 'Von',
  until: 'Bis',
  hint: 'In der eigenen Zeitzone. Es endet von selbst; beide können es vorher beenden.',
  done: ({ id, to, from, until }) =>
    `${to} vertritt dich${from ? ` ab ${from}` : ''} bis ${until} (${id}). Der Bot sagt der Person Bescheid. \`/restore delegate\` und die Startseite des Bots zeigen es und beenden es.`,
  told: {
    handedOver: ({ id, owner, from, until }) =>
      `${owner} hat dir einen Platz übergeben (${id}): ${from ? `Von ${from} bis` : 'Bis'} ${until} kannst du für ${owner} zustimmen oder Nein sagen, überall, wo ${owner} selbst entscheiden kann. Ihr habt zusammen eine Stimme, und der Platz lässt sich nicht weitergeben. Worum es geht, steht auf der Karte jeder Anfrage. \`/restore delegate\` und die Startseite des Bots zeigen den Platz und geben ihn zurück.`,
    endedForHolder: ({ id, owner, until, by, at }) =>
      `Du vertrittst ${owner} nicht mehr (${id}): ${by} hat es ${at} beendet, vorgesehen war es bis ${until}. Eine Zustimmung, die du für ${owner} gegeben hast, entfällt mit der nächsten Stimme, außer wenn die Wiederherstellung schon freigegeben ist. Du brauchst nichts zu tun.`,
    endedForOwner: ({ id, holder, until, by, at }) =>
      `${holder} vertritt dich nicht mehr (${id}): ${by} hat es ${at} beendet, vorgesehen war es bis ${until}. Eine Zustimmung, die ${holder} für dich gegeben hat, entfällt mit der nächsten Stimme, außer wenn die Wiederherstellung schon freigegeben ist. Du entscheidest wieder selbst; \`/restore delegate\` übergibt den Platz an jemand anderen.`,
  },
  choosePerson: 'Bitte die Person wählen.',
  chooseStart: 'Bitte den Beginn wählen.',
  chooseEnd: 'Bitte das Ende wählen.',
  refusal: {
    noPlace:
      'Nichts wurde geändert: Du gehörst bei keiner Instanz zu denen, die entscheiden, oder die Konfiguration lässt dort keine Übergabe zu.',
    samePerson: 'Nichts wurde geändert: Das ist ein eigenes Konto. Bitte eine andere Person wählen.',
    notAble: (person) =>
      `Nichts wurde geändert: ${person} kann nicht über Wiederherstellungen entscheiden. Gäste, Bots, inaktive Konten und Personen anderer Workspaces können es nie, und wen Slack nicht rechtzeitig kennt, zählt nicht. Bitte eine andere Person wählen oder es in einer Minute noch einmal versuchen.`,
    inThePast:
      'Nichts wurde geändert: Dieser Beginn liegt in der Vergangenheit. Bitte einen späteren wählen oder den angebotenen lassen.',
    endsTooSoon: 'Nichts wurde geändert: Das Ende muss nach dem Beginn und nach jetzt liegen.',
    tooLong: (days) =>
      `Nichts wurde geändert: Ein Platz lässt sich für höchstens ${days} Tage übergeben. Für länger möge der Betrieb des Bots die andere Person benennen.`,
    notYours: 'Nichts wurde geändert: Nur die beiden Beteiligten können eine Vertretung beenden.',
    over: 'Nichts wurde geändert: Diese Vertretung ist schon beendet.',
  },
};
