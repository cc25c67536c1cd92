import { ACTION, FIELD } from '../messages/action-ids.ts';
import type { Scene, Setting } from './acts.ts';
import { APPROVALS_CHANNEL } from './rules-of-arena.ts';
import { type ExportSeen, exportFallsDue, readExports } from './side-records.ts';
import { keyOf, restoreOf, soon } from './sim-messages.ts';

/** Restore points leave Aura: people are reminded, and record which file it became. */
export const SCENES_OF_EXPORTS = {
  'an export is due and done': async (setting) => {
    await exportFallsDue(setting.arena.redis.outside, setting.instance.auraId);
    await seeRecorded(setting, 'schedule');
  },
  'an export before a deployment': async (setting) => {
    const { arena, instance, requester } = setting;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      await arena.slack.as(requester).slash('/restore', `export ${instance.alias}`, APPROVALS_CHANNEL);
      if (await soon(TAKEN_WITHIN_MS, () => openOf(setting, 'deployment'))) break;
    }
    await seeRecorded(setting, 'deployment');
  },
} as const satisfies Record<string, Scene>;

const MOST_TRIES = 8;
const TAKEN_WITHIN_MS = 3_000;
const SHA256 = 'ab'.repeat(32);

async function openOf({ arena, instance }: Setting, because: string): Promise<ExportSeen | undefined> {
  const all = await readExports(arena.redis.outside);
  return all.find((one) => one.instance.auraId === instance.auraId && one.because.kind === because && isOpen(one));
}

const isOpen = ({ state }: ExportSeen) => state.status === 'open';

/** Its owner reads the reminder and records the file, again where nobody answers, until that was said. */
async function seeRecorded(setting: Setting, because: string): Promise<void> {
  const { arena } = setting;
  const due = await soon(arena.patienceMs.scene, () => openOf(setting, because));
  if (!due) return;
  const now = async () => (await readExports(arena.redis.outside)).find(({ id }) => id === due.id);
  await soon(arena.patienceMs.scene, async () => {
    const task = await now();
    if (task && isOpen(task)) await recordOnce(setting, due.id);
    else return true;
    return undefined;
  });
  await soon(arena.patienceMs.scene, async () => (await now())?.deliveries.recorded !== undefined || undefined);
}

async function recordOnce({ arena, cast, instance }: Setting, id: string): Promise<void> {
  const [owner] = instance.deputies;
  const reminder = await soon(TAKEN_WITHIN_MS, () =>
    arena.slack.workspace.messages.find((one) => restoreOf(one) === id && keyOf(one)?.startsWith('reminder:')),
  );
  if (!reminder) return;
  await cast.fill(owner, reminder, ACTION.recordExport, (persona) => {
    persona.type(FIELD.exportSize, '12 GB');
    persona.type(FIELD.exportChecksum, SHA256);
  });
}
