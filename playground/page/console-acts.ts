import type { Restore } from '../../src/restore/restore.ts';
import { Refused, type SimInstance } from '../aura/instances.ts';
import { PRODUCTION, STAGING, type World } from '../world.ts';

/** What somebody can do to an instance in the Aura console. */
export interface ConsoleAct {
  readonly id: string;
  readonly label: string;
  /** The bot asked for it; everything else is past the bot. */
  readonly isAsked?: true;
}

const RENAME = 'rename';
const AGREED_FILE = 'agreed-file';
const OTHER_FILE = 'orders-friday.backup';

/** What the console offers for an instance; what a person was asked to do there stands first. */
export function consoleActs(instance: SimInstance, world: World, open: readonly Restore[]): readonly ConsoleAct[] {
  if (!world.names.has(instance.id)) return [{ id: RENAME, label: 'Somebody renames it, to keep it' }];
  const agreed = agreedFile(instance, open);
  return [
    ...(agreed
      ? [{ id: AGREED_FILE, label: `Somebody uploads the agreed file ${agreed}`, isAsked: true as const }]
      : []),
    { id: 'restore', label: 'Somebody restores its newest snapshot' },
    { id: 'overwrite', label: `Somebody overwrites it with ${world.names.get(otherThan(instance))?.alias}` },
    { id: 'load-file', label: `Somebody loads ${agreed ? 'another' : 'a'} backup file into it` },
    { id: 'drop-snapshot', label: 'Aura drops its newest exportable snapshot, as when its time is over' },
    ...(isDeletable(instance)
      ? [{ id: 'delete', label: 'Somebody deletes it: it is gone until the playground starts anew' }]
      : []),
  ];
}

/** Does it; returns in words what came of it. No request reaches the log of the simulator. */
export function actInConsole(
  act: { readonly instanceId: string; readonly id: string },
  { aura, names }: World,
  open: readonly Restore[],
): string {
  const instance = aura.instances.find(act.instanceId);
  const alias = names.get(act.instanceId)?.alias ?? instance.name;
  try {
    switch (act.id) {
      case 'restore':
        aura.console.restore(instance.id);
        return `Somebody restores ${alias} in the console now, past the bot.`;
      case 'overwrite':
        aura.console.overwrite(instance.id, otherThan(instance));
        return `Somebody overwrites ${alias} in the console now, past the bot.`;
      case AGREED_FILE:
      case 'load-file': {
        const agreed = act.id === AGREED_FILE ? agreedFile(instance, open) : undefined;
        aura.console.loadFile(instance.id, agreed ?? OTHER_FILE);
        return `${agreed ?? OTHER_FILE} is being loaded into ${alias}.`;
      }
      case 'drop-snapshot':
        return `The snapshot of ${alias} taken at ${aura.console.dropSnapshot(instance.id)} is gone.`;
      case 'delete':
        if (!isDeletable(instance)) return `The playground cannot go on without ${alias}.`;
        aura.console.remove(instance.id);
        return `${alias} is deleted, with all its snapshots.`;
      case RENAME:
        instance.name = `Kept ${instance.id}`;
        return `It is called ${instance.name} now: the bot leaves it alone.`;
      default:
        return 'The console has nothing of that kind.';
    }
  } catch (error) {
    if (error instanceof Refused) return `Aura does not do that now: ${error.message}.`;
    throw error;
  }
}

/** The playground's own tour is about the other one. */
function isDeletable({ id }: SimInstance): boolean {
  return id !== PRODUCTION.id;
}

function otherThan({ id }: SimInstance): string {
  return id === PRODUCTION.id ? STAGING.id : PRODUCTION.id;
}

/** The file that somebody has agreed to upload by hand, or will have. */
function agreedFile({ id }: SimInstance, open: readonly Restore[]): string | undefined {
  const plan = open.find((one) => one.plan.instance.auraId === id && one.plan.method === 'backup-file')?.plan;
  return plan?.method === 'backup-file' ? plan.restorePoint.file.name : undefined;
}
