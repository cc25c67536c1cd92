/** Restore points that must leave Aura as files, and who sees to it. */
export const exports = {
  titleDue: (facts: { alias: string; plan: string }) => `Export due: ${facts.alias}, ${facts.plan}`,
  titleOverdue: (facts: { alias: string; plan: string }) => `Export overdue: ${facts.alias}, ${facts.plan}`,
  due: (facts: { alias: string; environment: string; plan: string; at: string; overdueFrom: string }) =>
    `A restore point of ${facts.alias} (${facts.environment}) must leave Aura by "${facts.plan}". It fell due ${facts.at}; overdue from ${facts.overdueFrom}.`,
  overdue: (facts: { alias: string; environment: string; plan: string; at: string; overdueFrom: string }) =>
    `A restore point of ${facts.alias} (${facts.environment}) must leave Aura by "${facts.plan}", and has not. It fell due ${facts.at} and is overdue since ${facts.overdueFrom}.`,
  askedBy: (by: string) => `${by} asked for it, before a deployment.`,
  owners: (owners: string) => `It is for ${owners} to see to. Aura has no call for it, so the bot cannot do it.`,
  snapshot: (facts: { at: string; id: string }) => `Export this one: the snapshot of ${facts.at} (${facts.id}).`,
  noSnapshot: (facts: { from: string; alias: string }) =>
    `No snapshot that can be exported fits yet: one taken after ${facts.from}, complete. Take one with \`/restore snapshot ${facts.alias}\`, and export it when \`/restore snapshots ${facts.alias}\` shows it as complete and exportable.`,
  unknownSnapshot: (facts: { from: string; alias: string }) =>
    `Aura could not be asked which snapshot that is: the first one taken after ${facts.from} that \`/restore snapshots ${facts.alias}\` shows as complete and exportable.`,
  steps: (facts: { name: string; fileName: string; place: string; days: number }) =>
    [
      `1. Aura console: open the instance ${facts.name}, then *Snapshots*, find the snapshot by its time, and choose *Export* from its menu.`,
      `2. Name the file ${facts.fileName} (with the ending that Aura gave it).`,
      `3. Put it here: ${facts.place}. It must be kept there for ${facts.days} days.`,
      '4. Have its SHA-256 checksum computed there (`sha256sum <file>`), and say below that it is done.',
    ].join('\n'),
  button: 'It is done…',
  record: (id: string) => `Export ${id}`,
  recordedTitle: (facts: { alias: string; plan: string }) => `Export recorded: ${facts.alias}, ${facts.plan}`,
  recorded: (facts: { by: string; file: string; size: string; alias: string; point: string }) =>
    `${facts.by} has exported ${facts.file} (${facts.size}) from ${facts.alias}: its state of ${facts.point}.`,
  whereAndUntil: (facts: { place: string; until: string; sha256: string }) =>
    `It is here: ${facts.place}. To be kept until ${facts.until}. SHA-256: ${facts.sha256}`,
  missedTitle: (facts: { alias: string; plan: string }) => `Export missed: ${facts.alias}, ${facts.plan}`,
  missed: (facts: { alias: string; plan: string; at: string; owners: string }) =>
    `No restore point of ${facts.alias} was recorded as exported for "${facts.plan}", due ${facts.at}, before the next one fell due. It was for ${facts.owners} to see to.`,
  form: {
    title: (id: string) => `Export ${id}`,
    submit: 'Record it',
    close: 'Back',
    what: (facts: { alias: string; plan: string; at: string }) =>
      `What you exported from ${facts.alias} for "${facts.plan}", due ${facts.at}. You are recorded as the one who did it.`,
    fileName: 'File name',
    fileNameHint: 'As it is stored, with .backup, .dump or .tar at its end.',
    size: 'Size',
    sizeHint: 'Bytes, or with a unit, such as 12.5 GB.',
    checksum: 'SHA-256 checksum',
    checksumHint: '64 characters of 0-9 and a-f.',
    place: 'Where it is',
    takenAt: 'Time of the snapshot in it',
    done: (facts: { file: string; until: string }) =>
      `Recorded: ${facts.file}. It must be kept until ${facts.until}. The audit channel is told.`,
  },
  refusal: {
    notAnOwner: 'Nothing was recorded: only those who are named as owners of this export can say that it is done.',
    done: (facts: { by: string; at: string }) =>
      `Nothing was recorded: ${facts.by} has recorded it already, ${facts.at}.`,
    missed: (at: string) =>
      `Nothing was recorded: the next one fell due ${at}, and this one counts as missed. Record the file with the newer reminder.`,
    fileKind: 'A file that Aura exports ends in .backup, .dump or .tar.',
    fileSize: 'A size in bytes, or with a unit, such as 12.5 GB.',
    checksum: 'A SHA-256 checksum has 64 characters of 0-9 and a-f.',
    future: 'The snapshot cannot have been taken in the future.',
    noDeployment: (alias: string) =>
      `No export before deployments is configured for ${alias} (\`before_deployments\` under \`exports\`).`,
  },
  list: {
    none: 'No export is configured.',
    noneOfInstance: (alias: string) => `No export is configured for ${alias}.`,
    plan: (facts: { alias: string; plan: string }) => `*${facts.alias}*, ${facts.plan}`,
    next: (at: string) => `next due ${at}`,
    onRequest: (alias: string) => `on request: \`/restore export ${alias}\``,
    open: (facts: { id: string; at: string }) => `${facts.id} is due since ${facts.at}`,
    overdue: (facts: { id: string; since: string }) => `*OVERDUE* ${facts.id}, since ${facts.since}`,
    owners: (owners: string) => `owners: ${owners}`,
    files: (alias: string) => `*Exported files of ${alias}*, the newest data first`,
    noFiles: (alias: string) => `No exported file of ${alias} is recorded.`,
    file: (facts: { file: string; size: string; point: string; place: string; until: string; id: string }) =>
      `${facts.file} (${facts.size}), state of ${facts.point}, at ${facts.place}, kept until ${facts.until}, ${facts.id}`,
  },
  asked: (facts: { alias: string; ids: string }) =>
    `The owners are asked to export ${facts.alias} before the deployment: ${facts.ids}. \`/restore exports ${facts.alias}\` shows when it is done.`,
  homeTitle: 'Overdue exports',
  homeLine: (facts: { id: string; alias: string; plan: string; since: string; owners: string }) =>
    `*${facts.id}* · ${facts.alias} · ${facts.plan}\noverdue since ${facts.since} · for ${facts.owners} to see to`,
};
