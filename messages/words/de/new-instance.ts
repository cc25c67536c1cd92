import type { FailureReason } from '../../../src/restore/failure.ts';
import type { newInstance as english } from '../en/new-instance.ts';

const ANOTHER = 'Bitte mit `/restore` eine andere anfragen, falls sie noch gebraucht wird.';

/** What the record says of the new instance, where the words for a restore would mean the source. */
const failures: Readonly<Partial<Record<FailureReason, string>>> = {
  'restore-failed': 'Aura hat die neue Instanz nicht zum Laufen gebracht.',
  'instance-deleted': 'Die neue Instanz wurde gelöscht.',
};

export const newInstance: typeof english = {
  passwordFates: {
    'handed-over': 'Ihr Einmalpasswort wurde beim Anlegen übergeben. Der Bot behält es nicht.',
    lost: '*Ihr Einmalpasswort ist verloren:* Es konnte nicht übergeben werden, und Aura nennt es nur einmal. Prüfe in der Aura-Konsole, ob es sich dort zurücksetzen lässt; wenn nicht, lass diese Instanz entfernen und frage eine andere an.',
    unknown:
      '*Ihr Einmalpasswort ist vielleicht verloren:* Die Antwort auf den Aufruf kam nicht an, oder der Bot endete, bevor er die Übergabe vermerken konnte. Wenn es niemand hat, prüfe in der Aura-Konsole, ob es sich dort zurücksetzen lässt; wenn nicht, lass diese Instanz entfernen und frage eine andere an.',
  },
  nothingLost: ({ source, what, point }) =>
    `*Nichts wird überschrieben, und nichts geht verloren.* Neben ${source} wird eine neue Instanz (${what}) angelegt, mit den Daten, wie sie ${point} waren.`,
  untilItRuns: (time) => `*Bis sie läuft, voraussichtlich:* ${time}.`,
  basis: {
    'rule-of-thumb':
      'nach einer Faustregel aus der Größe der Instanz, weil aus ihr und aus ähnlichen noch keine neue angelegt wurde',
    history: ({ runs, of }) =>
      `nach ${runs === 1 ? 'einer früheren neuen Instanz' : `${runs} früheren neuen Instanzen`} aus Snapshots ${of === 'instance' ? 'dieser Instanz' : 'von Instanzen dieser Art und Größe'}`,
  },
  timeTaken: ({ phases, expected }) => `Gebrauchte Zeit: ${phases}. Erwartet, bis sie läuft: ${expected}.`,
  price: ({ perHour, total, life, asOf }) =>
    `*Preis:* ${perHour} je Stunde, ${total} für ${life} (Preise vom ${asOf}).`,
  removal: (life) =>
    `*Entfernt:* ${life} nach dem Anlegen, mit allem, was darin ist. Danach kann Aura sie nicht zurückholen.`,
  whoSees: 'Wer ihr Passwort bekommt, kann alles lesen, was der Snapshot enthält.',
  ready: (checks) =>
    `Die neue Instanz läuft; ihre Adresse steht auf der Karte. Nichts wurde überschrieben. Datenprüfungen: ${checks}`,
  phase: 'Neue Instanz',
  submit: 'Instanz anlegen',
  statuses: {
    'ready-to-restore': 'Letzte Prüfung, bevor die neue Instanz angelegt wird',
    'restore-sent': 'Aufruf zum Anlegen gesendet, wartet auf die Antwort',
    'start-unclear': 'Ein Mensch muss sagen, ob die neue Instanz angelegt wurde',
    restoring: 'Aura legt die neue Instanz an',
    verifying: 'Die neue Instanz läuft, ihre Daten werden geprüft',
    completed: 'Neue Instanz angelegt',
  },
  typeName: 'Den Namen der Instanz eingeben, deren Snapshot es ist',
  previewButton: 'Erst ansehen: Vorschau',
  previewOf: (id) =>
    `*Vorschau zu ${id}:* Der Stand, auf den ${id} zurückgehen würde, wird hier angesehen, bevor jemand entscheidet. Was darin gezählt wird, kommt auf die Karte von ${id}.`,
  previewReason: (id) => `Um den Wiederherstellungspunkt von ${id} anzusehen, bevor jemand darüber entscheidet.`,
  size: 'Größe der neuen Instanz',
  sizeOption: ({ memory, perHour }) => `${memory}, ${perHour} je Stunde`,
  life: 'Wie lange wird sie gebraucht?',
  noSize:
    'Für diesen Typ von Instanz gibt es keine Größe mit einem Preis. Bitte die Betreiber des Bots, sie unter prices einzutragen.',
  spent: ({ spent, cap }) =>
    `*In diesem Monat:* Alle Instanzen, die der Bot anlegt, kosten bisher ${spent}, einschließlich dessen, was noch kommt; höchstens ${cap} sind erlaubt.`,
  plan: {
    look: '1. Vorprüfung: Der Snapshot ist da und exportierbar, Aura bietet diese Größe an, die Monatsgrenze wird eingehalten',
    make: ({ what, at }) => `2. ${what}, ein Aufruf, ${at}`,
    at: ({ at }) => (at ? `${at}` : 'sobald bestätigt'),
    password: '3. Ihr Einmalpasswort einmal an die anfragende Person übergeben',
    checks: (checks) => `4. Ihre Daten prüfen: ${checks}`,
    remove: (life) => `5. Nach ${life} entfernen`,
    hash: (hash) => `Plan ${hash}. Eine Zustimmung gilt für genau diesen Plan.`,
  },
  failed: ({ why }) => `*Die neue Instanz wurde nicht angelegt oder läuft nicht.* ${why}`,
  failure: ({ reason, why, said }) => (failures[reason] ? `${failures[reason]} Aufgezeichnet: „${why}“` : said),
  nextAfter: { 'restore-failed': ANOTHER, 'instance-deleted': ANOTHER },
  failedSource:
    'Der Instanz, deren Snapshot es ist, ist nichts geschehen. Falls es die neue gibt, wird sie zu ihrer Zeit entfernt.',
  facts: ({ name, id, url, removeAt }) =>
    `*Neue Instanz:* ${name} (${id})${url ? `, ${url}` : ''}. Wird entfernt: ${removeAt}.`,
  offerInstead:
    'Oder stattdessen eine neue Instanz aus einem Snapshot anfragen: im Formular „Eine neue Instanz aus einem Snapshot anlegen“ wählen. Dann wird nichts überschrieben.',
  problem: {
    notConfigured:
      'Aus dieser Instanz dürfen keine neuen angelegt werden. Die Betreiber des Bots können es mit new_instance erlauben.',
    noPrice: (what) =>
      `Für ${what} gibt es keinen Preis, und ohne Preis wird nichts angelegt. Bitte die Betreiber des Bots, ihn unter prices einzutragen.`,
    sizeNotAllowed: ({ memory, allowed }) => `${memory} ist hier nicht erlaubt. Erlaubt: ${allowed}.`,
    tooSmall: ({ memory, source }) =>
      `Die Quelle hat ${source}, und ${memory} wäre für ihre Daten zu klein. Bitte mindestens ${source} wählen.`,
    nothingToPreview: (id) =>
      `Eine Vorschau zeigt den Wiederherstellungspunkt einer Anfrage, die auf Zustimmung wartet. ${id} wartet nicht mehr oder geht auf einen anderen zurück. Bitte die Karte der Anfrage noch einmal öffnen oder mit \`/restore\` eine neue Instanz anfragen.`,
    livesTooLong: (longest) => `Sie darf höchstens ${longest} bestehen. Bitte eine kürzere Zeit wählen.`,
    overCap: ({ cap, spent, cost }) =>
      `Sie würde ${cost} kosten. Alle Instanzen, die der Bot anlegt, kosten in diesem Monat schon ${spent}, und ${cap} sind erlaubt. Bitte eine kleinere Größe oder eine kürzere Zeit wählen, oder warten, bis eine andere entfernt ist.`,
  },
  saying: {
    made: ({ what, id, source, owner, price, removeAt }) =>
      `${what} wurde für ${id} aus einem Snapshot von ${source} angelegt, für ${owner}. Sie kostet ${price} je Stunde und wird entfernt: ${removeAt}.`,
    found: ({ what, id, source, removeAt }) =>
      `${what} wurde in Aura gefunden: Der Aufruf, der sie für ${id} aus einem Snapshot von ${source} anlegte, blieb ohne Antwort, oder der Bot endete, bevor er die Antwort festhalten konnte. Ihr Einmalpasswort ist vielleicht verloren. Sie wird entfernt: ${removeAt}.`,
    notMade: ({ name, id, why }) =>
      `Für ${id} wurde keine Instanz ${name} angelegt. ${why} Der Bot sucht noch zwei Tage nach ihr und entfernt sie, falls sie kommt.`,
    neverWas: ({ name, id, why }) =>
      `Für ${id} wurde keine Instanz ${name} angelegt. ${why} Es ist nichts von ihr übrig. Wer von Hand eine dieses Namens anlegt, behält sie: Der Bot entfernt sie nicht.`,
    endsSoon: ({ what, id, removeAt }) =>
      `${what}, angelegt für ${id}, wird mit allem, was darin ist, entfernt: ${removeAt}. Sichere vorher, was du noch brauchst. Wenn du sie länger brauchst, frage mit \`/restore\` eine andere an; um sie zu behalten, benenne sie in der Aura-Konsole um: Dann lässt der Bot sie stehen, und sie kostet weiter Geld.`,
    leftAlone: ({ what, id, name }) =>
      `${what}, angelegt für ${id}, hätte entfernt werden sollen, aber Aura zeigt ihren Namen oder Ort jetzt anders („${name}“) oder mehr als eine dieses Namens. Der Bot entfernt nichts, was nicht so ist, wie er es angelegt hat. Sie kostet weiter Geld: Behalte sie, oder lösche sie in der Aura-Konsole.`,
    removed: ({ what, id, at }) => `${what}, angelegt für ${id}, wurde entfernt: ${at}.`,
    removedLate: (due) =>
      `Ihre Zeit war um: ${due}. Bis jetzt lief kein Worker des Bots, oder Aura hat sie nicht entfernt. Sie hat Geld gekostet, bis sie weg war.`,
    removedByOthers: ({ what, id, at }) =>
      `${what}, angelegt für ${id}, ist weg: Jemand anderes hat sie gelöscht, wie ${at} zu sehen war.`,
    stray: ({ what, isOurMark }) =>
      `${what} in Aura heißt so, wie der Bot Instanzen nennt, aber ${isOurMark ? 'kein Eintrag erklärt sie' : 'ein anderer Bot hat sie angelegt, oder dieser mit anderen Einträgen'}. Dieser Bot entfernt sie nicht, und sie kostet vielleicht Geld. Sieh sie in der Aura-Konsole an, und lösche sie dort, wenn niemand sie braucht.`,
    unreadable: (id) =>
      `Der Eintrag der Instanz, die der Bot für ${id} angelegt hat, ist nicht lesbar. Solange das so ist, wird sie nicht zu ihrer Zeit entfernt und kostet Geld, und es wird keine weitere Instanz angelegt. Suche in der Aura-Konsole nach einer Instanz mit dieser Kennung im Namen, lösche sie dort, wenn niemand sie braucht, und bitte den Betrieb des Bots, den Eintrag zu berichtigen oder zu entfernen (\`made\` in Redis). Die anderen werden wie geplant entfernt.`,
  },
  password: ({ name, user, password, url }) =>
    `Nur du siehst dies, und nur einmal: Es ist weg, wenn Slack neu geladen wird. Die neue Instanz ${name}${url ? ` unter ${url}` : ''}: Benutzer ${user}, Passwort ${password}. Speichere es jetzt in deinem Passwortspeicher.`,
};
