import type { exports as english } from '../en/exports.ts';

export const exports: typeof english = {
  titleDue: ({ alias, plan }) => `Export fällig: ${alias}, ${plan}`,
  titleOverdue: ({ alias, plan }) => `Export überfällig: ${alias}, ${plan}`,
  due: ({ alias, environment, plan, at, overdueFrom }) =>
    `Ein Wiederherstellungspunkt von ${alias} (${environment}) muss Aura nach „${plan}“ verlassen. Fällig ist das seit ${at}, überfällig ab ${overdueFrom}.`,
  overdue: ({ alias, environment, plan, at, overdueFrom }) =>
    `Ein Wiederherstellungspunkt von ${alias} (${environment}) muss Aura nach „${plan}“ verlassen und hat es noch nicht. Fällig war das ${at}, überfällig ist es seit ${overdueFrom}.`,
  askedBy: (by) => `${by} hat vor einer Auslieferung darum gebeten.`,
  owners: (owners) =>
    `Darum kümmern sich ${owners}. Aura bietet dafür keinen Aufruf, der Bot kann es also nicht selbst tun.`,
  snapshot: ({ at, id }) => `Zu exportieren ist der Snapshot von ${at} (${id}).`,
  noSnapshot: ({ from, alias }) =>
    `Noch passt kein exportierbarer Snapshot: Er muss nach ${from} aufgenommen und vollständig sein. Mit \`/restore snapshot ${alias}\` einen aufnehmen und exportieren, sobald \`/restore snapshots ${alias}\` ihn als vollständig und exportierbar zeigt.`,
  unknownSnapshot: ({ from, alias }) =>
    `Aura war nicht zu erreichen, um den Snapshot zu nennen: der erste nach ${from}, den \`/restore snapshots ${alias}\` als vollständig und exportierbar zeigt.`,
  steps: ({ name, fileName, place, days }) =>
    [
      `1. Aura-Konsole: die Instanz ${name} öffnen, dann *Snapshots*, den Snapshot an seiner Zeit erkennen und in seinem Menü *Export* wählen.`,
      `2. Die Datei ${fileName} nennen (mit der Endung, die Aura ihr gegeben hat).`,
      `3. Sie hier ablegen: ${place}. Dort muss sie ${days} Tage aufbewahrt werden.`,
      '4. Dort ihre SHA-256-Prüfsumme berechnen (`sha256sum <Datei>`) und unten sagen, dass es erledigt ist.',
    ].join('\n'),
  button: 'Erledigt…',
  record: (id) => `Export ${id}`,
  recordedTitle: ({ alias, plan }) => `Export festgehalten: ${alias}, ${plan}`,
  recorded: ({ by, file, size, alias, point }) =>
    `${by} hat ${file} (${size}) aus ${alias} exportiert: den Stand von ${point}.`,
  whereAndUntil: ({ place, until, sha256 }) =>
    `Die Datei liegt hier: ${place}. Aufzubewahren bis ${until}. SHA-256: ${sha256}`,
  missedTitle: ({ alias, plan }) => `Export versäumt: ${alias}, ${plan}`,
  missed: ({ alias, plan, at, owners }) =>
    `Für „${plan}“, fällig ${at}, wurde kein exportierter Wiederherstellungspunkt von ${alias} festgehalten, bevor der nächste fällig wurde. Zuständig: ${owners}.`,
  form: {
    title: (id) => `Export ${id}`,
    submit: 'Festhalten',
    close: 'Zurück',
    what: ({ alias, plan, at }) =>
      `Was aus ${alias} für „${plan}“, fällig ${at}, exportiert wurde. Festgehalten wird auch, wer dieses Formular sendet.`,
    fileName: 'Dateiname',
    fileNameHint: 'Wie die Datei abgelegt ist, mit .backup, .dump oder .tar am Ende.',
    size: 'Größe',
    sizeHint: 'In Bytes oder mit Einheit, etwa 12,5 GB.',
    checksum: 'SHA-256-Prüfsumme',
    checksumHint: '64 Zeichen aus 0-9 und a-f.',
    place: 'Wo sie liegt',
    takenAt: 'Zeit des Snapshots darin',
    done: ({ file, until }) => `Festgehalten: ${file}. Aufzubewahren bis ${until}. Der Audit-Kanal erfährt davon.`,
  },
  refusal: {
    notAnOwner:
      'Nichts wurde festgehalten: Nur wer als zuständig für diesen Export genannt ist, kann sagen, dass er erledigt ist.',
    done: ({ by, at }) => `Nichts wurde festgehalten: ${by} hat das schon getan, ${at}.`,
    missed: (at) =>
      `Nichts wurde festgehalten: Der nächste wurde ${at} fällig, dieser gilt als versäumt. Die Datei bitte bei der neueren Erinnerung festhalten.`,
    fileKind: 'Eine Datei, die Aura exportiert, endet auf .backup, .dump oder .tar.',
    fileSize: 'Eine Größe in Bytes oder mit Einheit, etwa 12,5 GB.',
    checksum: 'Eine SHA-256-Prüfsumme hat 64 Zeichen aus 0-9 und a-f.',
    future: 'Der Snapshot kann nicht in der Zukunft aufgenommen worden sein.',
    noDeployment: (alias) =>
      `Für ${alias} ist kein Export vor Auslieferungen eingerichtet (\`before_deployments\` unter \`exports\`).`,
  },
  list: {
    none: 'Es ist kein Export eingerichtet.',
    noneOfInstance: (alias) => `Für ${alias} ist kein Export eingerichtet.`,
    plan: ({ alias, plan }) => `*${alias}*, ${plan}`,
    next: (at) => `nächster fällig ${at}`,
    onRequest: (alias) => `auf Wunsch: \`/restore export ${alias}\``,
    open: ({ id, at }) => `${id} ist fällig seit ${at}`,
    overdue: ({ id, since }) => `*ÜBERFÄLLIG* ${id}, seit ${since}`,
    owners: (owners) => `zuständig: ${owners}`,
    files: (alias) => `*Exportierte Dateien von ${alias}*, die neuesten Daten zuerst`,
    noFiles: (alias) => `Von ${alias} ist keine exportierte Datei festgehalten.`,
    file: ({ file, size, point, place, until, id }) =>
      `${file} (${size}), Stand von ${point}, liegt hier: ${place}, aufzubewahren bis ${until}, ${id}`,
  },
  asked: ({ alias, ids }) =>
    `Die Zuständigen werden gebeten, ${alias} vor der Auslieferung zu exportieren: ${ids}. \`/restore exports ${alias}\` zeigt, wann es erledigt ist.`,
  homeTitle: 'Überfällige Exporte',
  homeLine: ({ id, alias, plan, since, owners }) =>
    `*${id}* · ${alias} · ${plan}\nüberfällig seit ${since} · zuständig: ${owners}`,
};
