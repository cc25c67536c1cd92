import type { FileKind } from '../../../src/restore/plan.ts';

const kinds: Readonly<Record<FileKind, string>> = {
  backup: 'a full backup (.backup)',
  dump: 'a dump (.dump)',
  tar: 'an AuraDS archive (.tar)',
};

/** Restores from a file. */
export const files = {
  kinds,
  file: (facts: { file: string; kind: string; size: string; place: string | undefined }) =>
    `*File:* ${facts.file}, ${facts.kind}, ${facts.size}${facts.place ? `, in ${facts.place}` : ''}`,
  sha256: (sha256: string) => `*SHA-256:* ${sha256}`,
  noSha256: '*SHA-256:* not given, so nobody can prove that it is this file.',
  replaced: (alias: string) => `*Everything in ${alias} is replaced by the content of this file.*`,
  cannotBeKnown:
    'Only Aura sees while it loads the file whether its data fits and whether its Neo4j version is accepted. If not, the instance may be left in "loading failed"; the safety snapshot is the way back.',
  gapToCome: (alias: string) =>
    `*What is written to ${alias} after the safety snapshot was taken and before the file is loaded is lost, too, and is not in the safety snapshot.* Stop what writes to it before the start.`,
  uploadGap: (facts: { snapshot: string; at: string }) =>
    `*What is written after ${facts.at} is not in the safety snapshot* ${facts.snapshot}, which is the way back: the load loses it, and nothing brings it back. Stop what writes to the instance until it is loaded.`,
  heldUntil: (at: string) => `It holds what was written until ${at}; what came after that and before the load is lost.`,
  byHand: (person: string) => `*By hand:* ${person} uploads it in the Aura console, when the bot says so.`,
  sent: {
    'backup-file': 'Everything is prepared: the file is to be uploaded in the Aura console now',
    upload: 'A worker uploads the file with neo4j-admin',
  },
  console: {
    title: (person: string) => `*What to do now.* ${person} does this, and nobody else:`,
    open: (facts: { name: string; auraId: string; alias: string }) =>
      `1. Open console.neo4j.io and there the instance *${facts.name}*, id ${facts.auraId} (${facts.alias}). Make sure that it is this one.`,
    check: (facts: { file: string; size: string; sha256: string | undefined }) =>
      `2. Check the file ${facts.file}: ${facts.size}${facts.sha256 ? `, SHA-256 ${facts.sha256}` : ''}.`,
    takeFrom: (place: string) =>
      `   It was put here: ${place}. If its SHA-256 is another one, it is another file: stop.`,
    restore: '3. In the menu of the instance open "Snapshots", then "Restore from backup file", and give it this file.',
    wait: '4. Leave the page open until the upload ends. The instance then shows "Loading" and afterwards "Running". The bot watches it and goes on by itself.',
    until: (at: string) =>
      `Begin so that the instance shows "Loading" before ${at}. After that nothing may be uploaded any more.`,
    wayBack: (facts: { snapshot: string; at: string; freshUntil: string }) =>
      `*What is written after ${facts.at} is not in the safety snapshot* ${facts.snapshot}, which is the way back: the load loses it, and nothing brings it back. Stop what writes to the instance before you begin. If you begin after ${facts.freshUntil}, first take another snapshot there ("Snapshots", "Take snapshot") and wait until it is complete.`,
  },
  underWay: (ago: string) => `Begun ${ago} ago. It can no longer be stopped from here.`,
  sinceAsked: (facts: { ago: string; downtime: string }) =>
    `Asked for ${facts.ago} ago. Expected downtime once it is loaded: ${facts.downtime}.`,
  buttons: {
    loaded: 'It is uploaded and runs again',
    notUploaded: 'It will not be uploaded',
    wasNotUploaded: 'It was not uploaded: close',
  },
  sayWhatHappened: 'Look at the instance in the Aura console, then say whether the file was uploaded.',
  judgeStart: (why: string) =>
    `nobody knows whether the file was uploaded. ${why} Look at the instance in the Aura console, then say on the card whether it was.`,
  form: {
    file: 'File',
    whichFile: 'Which file?',
    none: '*No worker offers a file.* A worker must have neo4j-admin and a directory of backup_files.',
    offered: (facts: { size: string; changed: string; place: string }) =>
      `${facts.size}, written ${facts.changed}, in ${facts.place}`,
    name: 'Name of the file',
    nameHint:
      "It ends in .backup, .dump or .tar. Neo4j's documents name 5.26, 2025 and 2026 as versions that Aura loads; a file of version 4 may fail while it is loaded. The bot cannot see its version.",
    size: 'Its size',
    sizeHint: 'Such as 3.2 GB or 850 MB',
    sha256: 'Its SHA-256, if you have it',
    sha256Hint: 'The output of sha256sum: 64 characters. The bot compares, or shows it to who uploads the file.',
    savedAt: 'When its data was saved',
    savedAtHint: 'Everything written to the instance after that is lost',
  },
  exported: {
    ofInstance: (alias: string) => `Recorded exports of ${alias}`,
    found: 'Found by a worker, not recorded',
    others: 'Not recorded',
    described: 'Another file',
    describedMeaning: 'You say what it is: name, size, time',
    option: (facts: { size: string; saved: string; id: string }) => `${facts.id}, ${facts.size}, saved ${facts.saved}`,
    title: (facts: { id: string; alias: string; auraId: string; file: string; kind: string; size: string }) =>
      `*Recorded export ${facts.id}* of *${facts.alias}* (Aura id ${facts.auraId}): ${facts.file}, ${facts.kind}, ${facts.size}.`,
    ofSnapshot: (facts: { point: string; id: string }) =>
      `*Its data:* the snapshot of ${facts.point} (${facts.id}). Everything written to the instance after that is lost.`,
    savedAt: (point: string) =>
      `*Its data:* as it was ${point}. Everything written to the instance after that is lost.`,
    place: (facts: { place: string; by: string; at: string; until: string }) =>
      `*Put here:* ${facts.place}, by ${facts.by}, recorded ${facts.at}. To be kept until ${facts.until}.`,
    seen: (directory: string) => `A worker has it now, in ${directory}, with this SHA-256.`,
    unseen: 'The bot cannot see this file. Whoever uploads it compares its SHA-256 before.',
    onCard: (facts: {
      id: string;
      alias: string;
      auraId: string;
      snapshot: string | undefined;
      place: string;
      by: string;
    }) =>
      `*Recorded export:* ${facts.id} of ${facts.alias} (Aura id ${facts.auraId})${facts.snapshot ? `, its snapshot ${facts.snapshot}` : ''}. ${facts.by} recorded it, and that it was put here: ${facts.place}.`,
    notRecorded: 'This export is not on record any more: it had to be kept only until now. Choose again.',
  },
  gap: {
    file: 'Choose a file.',
    name: 'Give the name of the file. It ends in .backup, .dump or .tar.',
    size: 'Give its size such as 3.2 GB.',
    savedAt: 'Say when its data was saved.',
  },
  obstacle: {
    wrongKind: (kinds: string) => `This instance cannot load such a file. It takes ${kinds}.`,
    empty: 'The file is empty.',
    aboveConsoleLimit: (limit: string) =>
      `The Aura console takes files of up to ${limit}. Upload it with neo4j-admin instead, which has no such limit.`,
    aboveStorage: (storage: string) =>
      `The file alone is larger than the storage of the instance, which is ${storage}. Enlarge the instance first.`,
    savedInTheFuture: 'Its data cannot have been saved in the future.',
    noChecksumYet: 'A worker is still reading the file for its checksum. Try again in a few minutes.',
    noSha256: 'A SHA-256 has 64 characters of 0-9 and a-f.',
    anotherChecksum: 'The file has another SHA-256 than the one that was given: it is another file, or it is damaged.',
    notOffered: 'No worker offers this file any more, or it was changed. Choose again.',
  },
};
