import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../messages/action-ids.ts';
import { agree, ask, recordOf, type Scene, type Setting, seeThrough, stopped } from './acts.ts';
import { strayIn } from './equipment.ts';
import { isOver } from './records.ts';
import { newInstance } from './request-forms.ts';
import { readMade, timeOfMadePasses } from './side-records.ts';
import { keyOf, soon } from './sim-messages.ts';

/** Instances are made beside others, and removed at their time. */
export const SCENES_OF_NEW_INSTANCES = {
  'a new instance is made and removed at its time': async (setting) => {
    if (!(await ask(setting, newInstance))) return;
    await agree(setting);
    await seeMade(setting);
    await seeRemoved(setting);
  },
  "the create call's answer is lost": async (setting) => {
    if (!(await ask(setting, newInstance))) return;
    setting.arena.aura.faults.add({ kind: 'reset', route: 'create-instance', when: 'after', times: 1 });
    await agree(setting);
    await seeMade(setting);
    await seeRemoved(setting);
  },
  'an instance stands there that nobody explains': async (setting) => {
    const { arena, mark } = setting;
    if (!(await ask(setting, newInstance))) return;
    await agree(setting);
    await seeMade(setting);
    const stray = strayIn(arena, mark);
    await seeRemoved(setting);
    await seeTold(arena, stray);
  },
  'a preview': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, requester, mark } = setting;
    const preview = { ...setting, mark: `${mark}-preview` };
    if (await cast.preview(requester, mark, preview.mark)) {
      await agree(preview);
      await seeMade(preview);
      await seeRemoved(preview);
      await cast.withdrawTwins(requester, preview.mark);
    }
    await cast.click(requester, mark, 'withdraw', ACTION.withdraw);
    await stopped(setting);
  },
} as const satisfies Record<string, Scene>;

const LOOK_EVERY_MS = 300;
/** How long the answer to a create call may be on its way. */
const ANSWERED_WITHIN_MS = 3_000;
/** A worker starts, looks at Aura's list and says what it found in less. */
const TOLD_WITHIN_MS = 12_000;

/** Waits for the end of the restore; a call that nobody answered is soon an old one. */
async function seeMade(setting: Setting): Promise<void> {
  const seeing = new AbortController();
  const hurrying = hurry(setting, seeing.signal);
  await seeThrough(setting);
  seeing.abort();
  await hurrying;
}

async function hurry(setting: Setting, signal: AbortSignal): Promise<void> {
  const { outside } = setting.arena.redis;
  let sentSince: number | undefined;
  while (!signal.aborted) {
    await sleep(LOOK_EVERY_MS);
    const record = await recordOf(setting);
    const made = record && (await readMade(outside, record.id));
    if (made?.state.status !== 'sent') continue;
    sentSince ??= Date.now();
    if (Date.now() - sentSince > ANSWERED_WITHIN_MS) await timeOfMadePasses(outside, made.id, false);
  }
}

/**
 * What no record explains is looked for with every removal, by a worker that starts, and else once an hour: where nothing was
 * made, so that nothing is removed, another worker starts.
 */
async function seeTold({ slack, fleet, patienceMs }: Setting['arena'], stray: string): Promise<void> {
  const isTold = () => slack.workspace.messages.some((one) => keyOf(one)?.startsWith(`stray:${stray}:`)) || undefined;
  const deadline = Date.now() + patienceMs.scene;
  while (!(await soon(TOLD_WITHIN_MS, isTold)) && Date.now() < deadline) fleet.kill(fleet.places.lastIndexOf('worker'));
}

/** Its time is over: waits until it is gone, and that was said. */
async function seeRemoved(setting: Setting): Promise<void> {
  const { arena } = setting;
  const { outside } = arena.redis;
  await soon(arena.patienceMs.scene, async () => {
    const record = await recordOf(setting);
    const made = record && (await readMade(outside, record.id));
    if (!made) return record === undefined || isOver(record) || undefined;
    if (made.state.status === 'not-made') return made.said['not-made'] !== undefined || undefined;
    if (made.state.status === 'removed') return made.said.removed !== undefined || undefined;
    await timeOfMadePasses(outside, made.id, true);
    await sleep(LOOK_EVERY_MS);
    return undefined;
  });
}
