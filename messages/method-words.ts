import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Plan, PlannedInstance, RestorePoint } from '../src/restore/plan.ts';
import { fileName } from './file-words.ts';
import { duration, escaped, past } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** A restore point by its time and what it is: the snapshot's id, the file's name. */
export function pointWords(point: RestorePoint, { methods }: Words): string {
  if ('snapshotId' in point) return `${past(point.takenAt)} (\`${escaped(point.snapshotId)}\`)`;
  if ('file' in point) return `${past(point.takenAt)} (\`${fileName(point.file.name)}\`)`;
  return methods.live;
}

/** An instance so that it cannot be taken for another: alias, Aura's name and id. */
export function instanceWords({ alias, name, auraId }: PlannedInstance): string {
  return `*${escaped(alias)}* (${escaped(name)}, \`${escaped(auraId)}\`)`;
}

/** What the one call does, as a step of the plan. Undefined for a restore of its own snapshot, which has words of its own. */
export function methodStep(plan: Plan, { methods }: Words): string | undefined {
  const { instance, restorePoint } = plan;
  switch (plan.method) {
    case 'restore-snapshot':
      return undefined;
    case 'overwrite':
      return methods.overwriteStep({
        target: escaped(instance.alias),
        source: escaped(plan.source.alias),
        snapshot: 'snapshotId' in restorePoint ? `\`${escaped(restorePoint.snapshotId)}\`` : undefined,
      });
    case 'backup-file':
    case 'upload':
      return methods.fileStep({
        file: `\`${fileName(plan.restorePoint.file.name)}\``,
        byHand: plan.method === 'backup-file',
      });
    case 'new-instance':
      return methods.newInstanceStep({
        what: `${escaped(plan.toMake.type)} ${escaped(plan.toMake.memory)}`,
        snapshot: `\`${escaped(plan.restorePoint.snapshotId)}\``,
      });
    default:
      return plan satisfies never;
  }
}

/** Target and source of an overwrite, told apart, and what becomes of the target's data, for a reader who is asked for the time without it. Empty for other methods. */
export function overwriteLines(
  plan: Plan,
  now: Instant,
  { isTimeAsked, words }: { readonly isTimeAsked: boolean; readonly words: Words },
): string[] {
  if (plan.method !== 'overwrite') return [];
  const { methods } = words;
  const { instance, source, restorePoint } = plan;
  const both = { target: escaped(instance.alias), source: escaped(source.alias) };
  return [
    methods.overwrites({ target: instanceWords(instance), source: instanceWords(source) }),
    ...('isLive' in restorePoint
      ? [methods.replacedLive(both)]
      : [
          methods.replaced({ ...both, point: isTimeAsked ? methods.pointOnCard : past(restorePoint.takenAt) }),
          methods.copyAge(duration(dataLossMinutes(restorePoint.takenAt, now), words)),
        ]),
  ];
}
