import { ACTION } from '../messages/action-ids.ts';
import type { Scene, Setting } from './acts.ts';
import { APPROVALS_CHANNEL } from './rules-of-arena.ts';
import { readShadows, type ShadowSeen } from './side-records.ts';
import { keyOf, restoreOf, soon } from './sim-messages.ts';

/** Somebody acts past the bot, in Aura's console. */
export const SCENES_OF_SHADOWS = {
  'somebody restores in the console': async (setting) => {
    const { arena, instance, approver } = setting;
    const before = await shadowsOf(setting);
    arena.aura.instances.settle(instance.auraId, 'running');
    arena.aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1 });
    arena.aura.console.restore(instance.auraId);
    arena.equipment?.consoleActs.push({ at: Date.now(), auraId: instance.auraId, isAsked: false });
    const found = await until(setting, before.length, () => true);
    arena.aura.instances.settle(instance.auraId, 'running');
    if (!found) return;
    await until(setting, before.length, ({ state }) => state.status !== 'under-way');
    await clickUntil(
      setting,
      found.id,
      approver,
      ACTION.verifyShadow,
      ({ verification }) => verification !== undefined,
    );
    await clickUntil(setting, found.id, approver, ACTION.announceShadow, ({ announced }) => announced !== undefined);
    await until(setting, before.length, isSaid);
  },
} as const satisfies Record<string, Scene>;

const shadowsOf = async ({ arena, instance }: Setting) =>
  (await readShadows(arena.redis.outside)).filter((one) => one.instance.auraId === instance.auraId);

/** Waits until the next shadow restore of the instance after those is so. */
async function until(
  setting: Setting,
  after: number,
  isSo: (record: ShadowSeen) => boolean,
): Promise<ShadowSeen | undefined> {
  return soon(setting.arena.patienceMs.scene, async () => {
    const record = (await shadowsOf(setting))[after];
    return record && isSo(record) ? record : undefined;
  });
}

function isSaid({ verification, deliveries }: ShadowSeen): boolean {
  const kinds = new Set(Object.keys(deliveries).map((key) => key.split(':')[0]));
  return (
    verification?.outcome !== undefined && ['found', 'ended', 'verified', 'announced'].every((kind) => kinds.has(kind))
  );
}

const MOST_CLICKS = 8;
const TAKEN_WITHIN_MS = 3_000;

/** Whoever is not answered clicks again. */
async function clickUntil(
  setting: Setting,
  id: string,
  who: string,
  action: string,
  isTaken: (record: ShadowSeen) => boolean,
): Promise<void> {
  const { arena, cast } = setting;
  for (let click = 0; click < MOST_CLICKS; click++) {
    const message = await soon(TAKEN_WITHIN_MS, () =>
      arena.slack.messages(APPROVALS_CHANNEL).find((one) => restoreOf(one) === id && keyOf(one)?.startsWith('found:')),
    );
    if (message) await cast.press(who, message, action);
    const taken = await soon(TAKEN_WITHIN_MS, async () => {
      const record = (await readShadows(arena.redis.outside)).find((one) => one.id === id);
      return record && isTaken(record) ? true : undefined;
    });
    if (taken) return;
  }
}
