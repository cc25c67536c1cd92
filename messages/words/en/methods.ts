import type { Method } from '../../../src/restore/plan.ts';

const names: Readonly<Record<Method, string>> = {
  'restore-snapshot': 'Restore one of its snapshots',
  overwrite: 'Overwrite it from another instance',
  'backup-file': 'Upload a backup file in the Aura console',
  upload: 'Upload a backup file with neo4j-admin',
  'new-instance': 'Make a new instance from a snapshot',
};

const descriptions: Readonly<Record<Method, string>> = {
  'restore-snapshot': 'The usual way: the instance goes back to a moment of its own',
  overwrite: 'Everything in it is replaced by the data of the other one',
  'backup-file': 'A person uploads the file by hand; the bot guides and watches',
  upload: 'A worker uploads a file from a configured directory',
  'new-instance': 'Nothing is overwritten; the new one costs money until it is removed',
};

/** The ways in which data comes back. */
export const methods = {
  names,
  descriptions,
  label: 'How the data comes back',
  source: 'Copy from which instance?',
  whichSource: 'The data of which instance?',
  noSource: 'The configuration names no other instance whose data could be copied.',
  copied: 'What is copied?',
  aSnapshot: 'A snapshot of it',
  asItIs: 'The instance as it is when the copy begins',
  snapshotOf: (alias: string) => `Snapshot of ${alias}`,
  missingSource: 'Choose the instance whose data is copied.',
  overwrites: (facts: { target: string; source: string }) =>
    `*Overwrites:* ${facts.target}\n*With the data of:* ${facts.source}, which keeps its own`,
  replaced: (facts: { target: string; source: string; point: string }) =>
    `*Everything in ${facts.target} is replaced by the data of ${facts.source} as it was ${facts.point}.* What ${facts.source} did not hold then is lost.`,
  replacedLive: (facts: { target: string; source: string }) =>
    `*Everything in ${facts.target} is replaced by the data of ${facts.source} as it is when the copy begins.* What ${facts.source} does not hold then is lost.`,
  copyAge: (age: string) => `*Age of the copied data:* ${age}.`,
  pointOnCard: 'at the restore point on the card',
  live: 'as it is when the copy begins',
  overwriteStep: (facts: { target: string; source: string; snapshot: string | undefined }) =>
    `Overwrite ${facts.target} with ${facts.snapshot ? `snapshot ${facts.snapshot} of ${facts.source}` : `${facts.source} as it is then`}`,
  fileStep: (facts: { file: string; byHand: boolean }) =>
    facts.byHand
      ? `A person uploads ${facts.file} in the Aura console`
      : `A worker uploads ${facts.file} with neo4j-admin`,
  newInstanceStep: (facts: { what: string; snapshot: string }) =>
    `Make a new instance (${facts.what}) from snapshot ${facts.snapshot}`,
  refusal: {
    notExportable:
      'This snapshot is not exportable, and Aura copies only exportable ones to another instance. Choose another one, or take a snapshot now and choose that.',
    notAllowed: (facts: { method: string; allowed: string }) =>
      `The rules of this instance do not allow this way: ${facts.method}. Allowed: ${facts.allowed}.`,
    onTier: {
      'restore-snapshot': (tier: string) =>
        `Aura keeps only the latest snapshot of an instance of ${tier}. The safety snapshot that the bot takes before every restore would take the place of the one to go back to, and nothing could be restored. Export that snapshot in the Aura console, so that it is kept, and restore it there, with a second person looking on.`,
      overwrite: (tier: string) =>
        `Aura overwrites no instance of ${tier} from another one. Choose another instance, or another way.`,
    },
    sourceIsTarget:
      'An instance cannot be overwritten with itself. Choose another source, or restore one of its snapshots.',
    tooSmall: (facts: { source: string; target: string }) =>
      `The source has ${facts.source} and this instance ${facts.target}: Aura does not copy into a smaller instance. Choose a larger instance, or enlarge this one first.`,
  },
};
