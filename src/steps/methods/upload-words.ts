import type { UploadSeen } from './upload-host.ts';

/** What the upload does now. */
export function uploadPhaseWords({ phase, percent }: Extract<UploadSeen, { kind: 'under-way' }>): string {
  const share = percent === undefined ? '' : `, ${percent} percent`;
  switch (phase) {
    case 'checking':
      return 'its checksum and form are being checked before it is uploaded';
    case 'authenticating':
      return 'neo4j-admin logs in to the instance';
    case 'uploading':
      return `it is being uploaded${share}`;
    case 'importing':
      return `it is with Aura, which loads it${percent === undefined ? '' : ` (estimated ${percent} percent)`}`;
    case 'done':
    case 'failed':
      return 'the upload has ended';
    default:
      return phase satisfies never;
  }
}

/** How far the load is by the tool that handed the file over; undefined when that has nothing to say of it. */
export function loadingWords(seen: UploadSeen | undefined): string | undefined {
  if (seen?.kind !== 'under-way' || seen.phase !== 'importing' || seen.percent === undefined) return undefined;
  return `neo4j-admin estimates ${seen.percent} percent, by the time that has passed.`;
}

const CAUSES: Readonly<Record<string, string>> = {
  'file-gone': 'it is not where it was any more.',
  'file-changed': 'its content is not what was agreed to: size or checksum differ.',
  'file-unreadable': 'neo4j-admin cannot read it as a dump or backup.',
  'file-differential': 'it is a differential backup, and neo4j-admin uploads only full ones.',
  'wrong-password': 'the password of the database is wrong.',
  'not-administrator': 'the user of the database is no administrator.',
  'unknown-instance': 'Aura does not know the instance by its address.',
  'no-consent': 'Aura says that it has no consent to overwrite the data.',
  'too-big': 'its data does not fit into the instance.',
  'file-not-found': 'neo4j-admin did not find it.',
  'tool-too-old': 'this neo4j-admin is too old for Aura.',
  'bad-arguments': 'this neo4j-admin does not understand the command; it may have no upload.',
  unreachable: 'Aura could not be reached.',
  'aura-error': 'Aura answered neo4j-admin with an error.',
  'load-did-not-begin': 'it is with Aura, which did not begin to load it in time.',
  'load-failed': 'it is with Aura, and loading it failed.',
  stopped: 'the upload was stopped.',
};

/** How the upload ended, as far as it did not end well. Causes nobody knows are named by the tool's own words. */
export function uploadEndWords({ cause, said }: Extract<UploadSeen, { kind: 'ended' }>): string {
  const words = CAUSES[cause] ?? 'the upload failed for a reason that neo4j-admin did not name.';
  return said === undefined ? words : `${words} neo4j-admin: "${said}".`;
}
