import { agree, ask, recordOf, type Scene, type Setting, seeThrough } from './acts.ts';
import { isOver } from './records.ts';
import { backupFile, upload } from './request-forms.ts';
import { workerIsGone } from './side-records.ts';
import { soon } from './sim-messages.ts';

/** Data comes back from a file. */
export const SCENES_OF_FILES = {
  'a file is uploaded': async (setting) => {
    await workerIsGone(setting.arena.redis.outside);
    if (!(await ask(setting, upload))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'a file is loaded in the console': async (setting) => {
    if (!(await ask(setting, backupFile))) return;
    await agree(setting);
    const seeing = new AbortController();
    const loading = loadWhenPrepared(setting, seeing.signal);
    await seeThrough(setting);
    seeing.abort();
    await loading;
  },
} as const satisfies Record<string, Scene>;

/** Somebody does in the console what the card says, once everything is prepared. */
async function loadWhenPrepared(setting: Setting, signal: AbortSignal): Promise<void> {
  const { arena, instance } = setting;
  const prepared = await soon(Number.POSITIVE_INFINITY, async () => {
    const record = await recordOf(setting);
    if (record?.state.status === 'restore-sent') return 'prepared';
    return signal.aborted || (record && isOver(record)) ? 'over' : undefined;
  });
  if (prepared !== 'prepared') return;
  arena.aura.instances.settle(instance.auraId, 'running');
  arena.equipment?.consoleActs.push({ at: Date.now(), auraId: instance.auraId, isAsked: true });
  // Files take long to load: what is over between two looks is for people to tell.
  arena.aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1 });
  arena.aura.console.loadFile(instance.auraId, 'orders.backup');
  await soon(arena.patienceMs.scene, async () => {
    const record = await recordOf(setting);
    return record?.state.status !== 'restore-sent' || undefined;
  });
  arena.aura.instances.settle(instance.auraId, 'running');
}
