import type { files as english } from '../en/files.ts';

export const files: typeof english = {
  kinds: {
    backup: 'ein vollständiges Backup (.backup)',
    dump: 'ein Dump (.dump)',
    tar: 'ein Archiv von AuraDS (.tar)',
  },
  file: ({ file, kind, size, place }) => `*Datei:* ${file}, ${kind}, ${size}${place ? `, in ${place}` : ''}`,
  sha256: (sha256) => `*SHA-256:* ${sha256}`,
  noSha256: '*SHA-256:* nicht angegeben; niemand kann also beweisen, dass es diese Datei ist.',
  replaced: (alias) => `*Alles in ${alias} wird durch den Inhalt dieser Datei ersetzt.*`,
  cannotBeKnown:
    'Erst beim Laden sieht Aura, ob die Daten der Datei passen und ob ihre Neo4j-Version angenommen wird. Wenn nicht, bleibt die Instanz vielleicht in „loading failed“; der Sicherungs-Snapshot ist der Rückweg.',
  gapToCome: (alias) =>
    `*Was in ${alias} geschrieben wird, nachdem der Sicherungs-Snapshot erstellt ist und bevor die Datei geladen ist, geht auch verloren und steht nicht im Sicherungs-Snapshot.* Vor dem Start anhalten, was in sie schreibt.`,
  uploadGap: ({ snapshot, at }) =>
    `*Was nach ${at} geschrieben wird, steht nicht im Sicherungs-Snapshot* ${snapshot}, und der ist der Rückweg: Mit dem Laden ist es verloren, und nichts bringt es zurück. Anhalten, was in die Instanz schreibt, bis sie geladen ist.`,
  heldUntil: (at) => `Er enthält, was bis ${at} geschrieben wurde; was danach und vor dem Laden kam, ist verloren.`,
  byHand: (person) => `*Von Hand:* ${person} lädt sie in der Aura-Konsole hoch, wenn der Bot es sagt.`,
  sent: {
    'backup-file': 'Alles ist vorbereitet: Die Datei ist jetzt in der Aura-Konsole hochzuladen',
    upload: 'Ein Worker lädt die Datei mit neo4j-admin hoch',
  },
  console: {
    title: (person) => `*Was jetzt zu tun ist.* Das tut ${person}, und niemand sonst:`,
    open: ({ name, auraId, alias }) =>
      `1. console.neo4j.io öffnen und dort die Instanz *${name}*, ID ${auraId} (${alias}). Prüfen, dass es diese ist.`,
    check: ({ file, size, sha256 }) => `2. Die Datei ${file} prüfen: ${size}${sha256 ? `, SHA-256 ${sha256}` : ''}.`,
    takeFrom: (place) =>
      `   Sie wurde hier abgelegt: ${place}. Ist ihr SHA-256 ein anderer, ist es eine andere Datei: abbrechen.`,
    restore: '3. Im Menü der Instanz „Snapshots“ öffnen, dann „Restore from backup file“, und diese Datei angeben.',
    wait: '4. Die Seite offen lassen, bis das Hochladen endet. Die Instanz zeigt dann „Loading“ und danach „Running“. Der Bot beobachtet sie und macht von selbst weiter.',
    until: (at) =>
      `So beginnen, dass die Instanz vor ${at} „Loading“ zeigt. Danach darf nichts mehr hochgeladen werden.`,
    wayBack: ({ snapshot, at, freshUntil }) =>
      `*Was nach ${at} geschrieben wird, steht nicht im Sicherungs-Snapshot* ${snapshot}, und der ist der Rückweg: Mit dem Laden ist es verloren, und nichts bringt es zurück. Vor dem Beginn anhalten, was in die Instanz schreibt. Bei einem Beginn nach ${freshUntil} dort zuerst einen weiteren Snapshot erstellen („Snapshots“, „Take snapshot“) und warten, bis er vollständig ist.`,
  },
  underWay: (ago) => `Begonnen vor ${ago}. Von hier aus nicht mehr aufzuhalten.`,
  sinceAsked: ({ ago, downtime }) => `Darum gebeten vor ${ago}. Erwartete Ausfallzeit ab dem Laden: ${downtime}.`,
  buttons: {
    loaded: 'Sie ist hochgeladen und läuft wieder',
    notUploaded: 'Sie wird nicht hochgeladen',
    wasNotUploaded: 'Sie wurde nicht hochgeladen: schließen',
  },
  sayWhatHappened: 'Bitte die Instanz in der Aura-Konsole ansehen und dann angeben, ob die Datei hochgeladen wurde.',
  judgeStart: (why) =>
    `Niemand weiß, ob die Datei hochgeladen wurde. Aufgezeichnet: „${why}“ Bitte die Instanz in der Aura-Konsole ansehen und dann auf der Karte angeben, ob sie es wurde.`,
  form: {
    file: 'Datei',
    whichFile: 'Welche Datei?',
    none: '*Kein Worker bietet eine Datei an.* Ein Worker braucht neo4j-admin und ein Verzeichnis aus backup_files.',
    offered: ({ size, changed, place }) => `${size}, geschrieben ${changed}, in ${place}`,
    name: 'Name der Datei',
    nameHint:
      'Er endet auf .backup, .dump oder .tar. Neo4j nennt 5.26, 2025 und 2026 als Versionen, die Aura lädt; eine Datei der Version 4 kann beim Laden scheitern. Der Bot sieht ihre Version nicht.',
    size: 'Ihre Größe',
    sizeHint: 'Etwa 3.2 GB oder 850 MB',
    sha256: 'Ihr SHA-256, falls vorhanden',
    sha256Hint: 'Die Ausgabe von sha256sum: 64 Zeichen. Der Bot vergleicht, oder zeigt ihn dem, der hochlädt.',
    savedAt: 'Wann ihre Daten gesichert wurden',
    savedAtHint: 'Alles, was danach in die Instanz geschrieben wurde, geht verloren',
  },
  exported: {
    ofInstance: (alias) => `Vermerkte Exporte von ${alias}`,
    found: 'Von einem Worker gefunden, nicht vermerkt',
    others: 'Nicht vermerkt',
    described: 'Eine andere Datei',
    describedMeaning: 'Sie sagen, was sie ist: Name, Größe, Zeit',
    option: ({ size, saved, id }) => `${id}, ${size}, gesichert ${saved}`,
    title: ({ id, alias, auraId, file, kind, size }) =>
      `*Vermerkter Export ${id}* von *${alias}* (Aura-ID ${auraId}): ${file}, ${kind}, ${size}.`,
    ofSnapshot: ({ point, id }) =>
      `*Ihre Daten:* der Snapshot von ${point} (${id}). Alles, was danach in die Instanz geschrieben wurde, geht verloren.`,
    savedAt: (point) =>
      `*Ihre Daten:* wie sie waren ${point}. Alles, was danach in die Instanz geschrieben wurde, geht verloren.`,
    place: ({ place, by, at, until }) =>
      `*Abgelegt hier:* ${place}, von ${by}, vermerkt ${at}. Aufzubewahren bis ${until}.`,
    seen: (directory) => `Ein Worker hat sie jetzt, in ${directory}, mit diesem SHA-256.`,
    unseen: 'Der Bot kann diese Datei nicht sehen. Wer sie hochlädt, vergleicht vorher ihren SHA-256.',
    onCard: ({ id, alias, auraId, snapshot, place, by }) =>
      `*Vermerkter Export:* ${id} von ${alias} (Aura-ID ${auraId})${snapshot ? `, dessen Snapshot ${snapshot}` : ''}. ${by} hat ihn vermerkt, und dass er hier liegt: ${place}.`,
    notRecorded: 'Dieser Export ist nicht mehr vermerkt: Er war nur bis jetzt aufzubewahren. Bitte neu wählen.',
  },
  gap: {
    file: 'Bitte eine Datei wählen.',
    name: 'Bitte den Namen der Datei angeben. Er endet auf .backup, .dump oder .tar.',
    size: 'Bitte die Größe angeben, etwa 3.2 GB.',
    savedAt: 'Bitte angeben, wann die Daten gesichert wurden.',
  },
  obstacle: {
    wrongKind: (kinds) => `Diese Instanz kann eine solche Datei nicht laden. Sie nimmt ${kinds}.`,
    empty: 'Die Datei ist leer.',
    aboveConsoleLimit: (limit) =>
      `Die Aura-Konsole nimmt Dateien bis ${limit}. Bitte mit neo4j-admin hochladen, das keine solche Grenze hat.`,
    aboveStorage: (storage) =>
      `Schon die Datei ist größer als der Speicher der Instanz, der ${storage} beträgt. Bitte zuerst die Instanz vergrößern.`,
    savedInTheFuture: 'Die Daten können nicht in der Zukunft gesichert worden sein.',
    noChecksumYet:
      'Ein Worker liest die Datei noch, um ihre Prüfsumme zu bilden. Bitte in ein paar Minuten neu versuchen.',
    noSha256: 'Ein SHA-256 hat 64 Zeichen aus 0-9 und a-f.',
    anotherChecksum:
      'Die Datei hat einen anderen SHA-256 als den angegebenen: Es ist eine andere Datei, oder sie ist beschädigt.',
    notOffered: 'Kein Worker bietet diese Datei noch an, oder sie wurde geändert. Bitte neu wählen.',
  },
};
