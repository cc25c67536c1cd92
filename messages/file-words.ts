import { type FileObstacle, fileLoadMsOf, SAFETY_SNAPSHOT_FRESH_MINUTES } from '../src/restore/backup-file.ts';
import { sizeOf } from '../src/restore/gigabytes.ts';
import { addMinutes, instantOf } from '../src/restore/instant.ts';
import type { Instant } from '../src/restore/names.ts';
import type { FileKind, PlannedExport } from '../src/restore/plan.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { SafetySnapshot, Status } from '../src/restore/state.ts';
import { listed } from './people.ts';
import { escaped, mention, past, quoted } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** What a file system allows, so that no real name is cut. */
const LONGEST_NAME = 255;

/** The name of a file for mrkdwn. A longer one is cut: it would take the place of what is said after it. */
export function fileName(name: string): string {
  return quoted(name, LONGEST_NAME);
}

/** `3.2 GB`: a GB is 1024³, as Neo4j counts. */
export function sizeWords(bytes: number): string {
  const { number, unit } = sizeOf(bytes);
  return `${number} ${unit}`;
}

/** The file of a plan: what it is, its checksum, what becomes of the instance. Empty for plans without one. */
export function fileLines({ plan, request }: Pick<Restore, 'plan' | 'request'>, words: Words): string[] {
  const { restorePoint, instance, method } = plan;
  if (!('file' in restorePoint)) return [];
  const { files } = words;
  const { file } = restorePoint;
  return [
    files.replaced(escaped(instance.alias)),
    files.file({
      file: `\`${fileName(file.name)}\``,
      kind: files.kinds[file.kind],
      size: sizeWords(file.sizeBytes),
      place: file.directory === undefined ? undefined : escaped(file.directory),
    }),
    file.sha256 === undefined ? files.noSha256 : files.sha256(`\`${escaped(file.sha256)}\``),
    ...exportLines(restorePoint.exported, words),
    ...(method === 'backup-file' ? [files.byHand(mention.person(request.requestedBy))] : []),
    ...(plan.dryRun ? [] : [files.gapToCome(escaped(instance.alias))]),
    files.cannotBeKnown,
  ];
}

/** The record that the file goes by: whose data it is, and who said so. */
function exportLines(exported: PlannedExport | undefined, words: Words): string[] {
  if (!exported) return [];
  const { exportId, instance, snapshotId, place, recordedBy } = exported;
  return [
    words.files.exported.onCard({
      id: escaped(exportId),
      alias: escaped(instance.alias),
      auraId: escaped(instance.auraId),
      snapshot: snapshotId === undefined ? undefined : `\`${escaped(snapshotId)}\``,
      place: quoted(place, 200),
      by: mention.person(recordedBy),
    }),
  ];
}

/** What a person does in the Aura console, once everything is prepared. Empty at any other time and for other methods. */
export function consoleLines(
  { plan, request, state, terms }: Restore,
  until: (at: Instant) => string,
  words: Words = ENGLISH,
): string[] {
  if (plan.method !== 'backup-file' || state.status !== 'restore-sent') return [];
  const say = words.files.console;
  const { instance, restorePoint } = plan;
  const { name, sizeBytes, sha256 } = restorePoint.file;
  return [
    say.title(mention.person(request.requestedBy)),
    say.open({ name: escaped(instance.name), auraId: escaped(instance.auraId), alias: escaped(instance.alias) }),
    say.check({
      file: `\`${fileName(name)}\``,
      size: sizeWords(sizeBytes),
      sha256: sha256 === undefined ? undefined : `\`${escaped(sha256)}\``,
    }),
    ...(restorePoint.exported ? [say.takeFrom(quoted(restorePoint.exported.place, 200))] : []),
    say.restore,
    say.wait,
    say.until(until(instantOf(Date.parse(state.intent.at) + fileLoadMsOf({ terms })))),
    ...(state.safetySnapshot ? [say.wayBack(wayBackFacts(state.safetySnapshot, until))] : []),
  ];
}

/** While the file is on its way and Aura has not begun to load it, as far as anybody saw. */
const GROWS: ReadonlySet<Status> = new Set(['ready-to-restore', 'restore-sent', 'start-unclear']);

/** What the way back lacks while a worker uploads a file. Empty at any other time and for other methods. */
export function uploadGapLines({ plan, state }: Pick<Restore, 'plan' | 'state'>, words: Words = ENGLISH): string[] {
  if (plan.method !== 'upload' || !GROWS.has(state.status)) return [];
  if (!('safetySnapshot' in state) || !state.safetySnapshot) return [];
  const { snapshotId, requestedAt } = state.safetySnapshot;
  return [words.files.uploadGap({ snapshot: `\`${escaped(snapshotId)}\``, at: past(requestedAt) })];
}

/** What the way back from a file that was loaded lacks; a part of a sentence before, and empty for any other restore. */
export function heldUntilWords({ plan, state }: Pick<Restore, 'plan' | 'state'>, words: Words): string {
  if (!('file' in plan.restorePoint) || state.status !== 'completed' || !state.safetySnapshot) return '';
  return ` ${words.files.heldUntil(past(state.safetySnapshot.requestedAt))}`;
}

/** It holds what was written until it was asked for, and perhaps some seconds more. */
function wayBackFacts({ snapshotId, requestedAt }: SafetySnapshot, until: (at: Instant) => string) {
  return {
    snapshot: `\`${escaped(snapshotId)}\``,
    at: past(requestedAt),
    freshUntil: until(addMinutes(requestedAt, SAFETY_SNAPSHOT_FRESH_MINUTES)),
  };
}

/** Why a file cannot be restored from. */
export function fileObstacleWords(obstacle: FileObstacle, words: Words): string {
  const say = words.files.obstacle;
  switch (obstacle.kind) {
    case 'wrong-kind':
      return say.wrongKind(kindsWords(obstacle.wanted, words));
    case 'empty':
      return say.empty;
    case 'above-console-limit':
      return say.aboveConsoleLimit(sizeWords(obstacle.limitBytes));
    case 'above-storage':
      return say.aboveStorage(sizeWords(obstacle.storageBytes));
    case 'saved-in-the-future':
      return say.savedInTheFuture;
    case 'no-checksum-yet':
      return say.noChecksumYet;
    case 'no-sha256':
      return say.noSha256;
    case 'another-checksum':
      return say.anotherChecksum;
    default:
      return obstacle satisfies never;
  }
}

function kindsWords(kinds: readonly FileKind[], words: Words): string {
  return listed(
    kinds.map((kind) => words.files.kinds[kind]),
    words,
  );
}
