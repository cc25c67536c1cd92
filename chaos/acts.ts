import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../messages/action-ids.ts';
import type { Arena } from './arena.ts';
import type { ArenaInstance } from './arena-instance.ts';
import type { Cast } from './cast.ts';
import type { Change } from './changes.ts';
import { hasRun } from './evidence.ts';
import { entriesOf, isOver, type RecordSeen, readRecord } from './records.ts';
import type { FillRequest } from './request-forms.ts';
import { wordsOf } from './sim-messages.ts';

/** Who plays a scene, and where. */
export interface Setting {
  readonly arena: Arena;
  readonly cast: Cast;
  readonly instance: ArenaInstance;
  readonly requester: string;
  readonly approver: string;
  readonly other: string;
  /** What the requester changes, in a scene where they do. */
  readonly change: Change;
  /** Recognises the restore in texts. */
  readonly mark: string;
}

export type Scene = (setting: Setting) => Promise<void>;

const LOOK_EVERY_MS = 60;
/** Between two tries of people whose votes did not decide. */
const ASKED_AGAIN_MS = 500;
/** How long the world stays another than agreed to, when the bot does not notice. */
const NOTICED_WITHIN_MS = 15_000;
/** With every place armed where a click passes through, each try may end in another death. */
const MOST_TRIES = 16;
const FEW_TRIES = 4;
/** How many times their patience somebody stays with a restore that moves on and does not end. */
const MOST_PATIENCE = 4;

export async function recordOf({
  arena,
  mark,
  cast,
}: Pick<Setting, 'arena' | 'cast' | 'mark'>): Promise<RecordSeen | undefined> {
  const id = cast.restoreId(mark);
  return id === undefined ? undefined : readRecord(arena.redis.outside, id);
}

/** Confirms until the record has moved on: who is not answered looks at the card and tries again. */
export async function confirm(setting: Setting, who: string): Promise<void> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    if ((await setting.cast.approve(who, setting.mark)) !== 'unanswered') return;
    const record = await recordOf(setting);
    if (record && record.state.status !== 'awaiting-approval') return;
  }
}

/** Everybody who is needed confirms, again where it came to nothing, until the record has moved on. */
export async function agree(setting: Setting): Promise<void> {
  const needed = setting.instance.needsTwo ? [setting.approver, setting.other] : [setting.approver];
  for (const who of needed) await confirm(setting, who);
}

/** The first who is needed agrees on a condition, again where nobody answers. */
export async function agreeIf({ cast, approver, mark }: Setting): Promise<void> {
  for (let attempt = 0; attempt < FEW_TRIES; attempt++) {
    if ((await cast.approveIf(approver, mark)) !== 'unanswered') return;
  }
}

/** The requester settles a condition, again where nobody answers, until the card has none. */
export async function settle(setting: Setting, how: keyof typeof SETTLING): Promise<void> {
  const { cast, requester, mark } = setting;
  for (let attempt = 0; attempt < FEW_TRIES; attempt++) {
    await cast.click(requester, mark, how, SETTLING[how]);
    if (!hasButton(setting, SETTLING[how])) return;
  }
}

function hasButton({ cast, mark }: Setting, action: string): boolean {
  const card = cast.card(mark);
  return card !== undefined && wordsOf(card).includes(`"${action}"`);
}

const SETTLING = { accept: ACTION.acceptProviso, decline: ACTION.declineProviso } as const;

/** Goes on for as long as the record moves on, and a time after its last change; a record that moves forever is left. */
function createPatience({ arena }: Pick<Setting, 'arena'>): (record: RecordSeen | undefined) => boolean {
  const { scene } = arena.patienceMs;
  const latest = Date.now() + MOST_PATIENCE * scene;
  let seen: number | undefined;
  let deadline = Date.now() + scene;
  return (record) => {
    const now = Date.now();
    if (record?.version !== seen) deadline = now + scene;
    seen = record?.version;
    return now < Math.min(deadline, latest);
  };
}

/** Waits for the end, and answers truly when the bot asks whether a restore ran; who is asked anew agrees anew. */
export async function seeThrough(setting: Setting): Promise<void> {
  const { arena, cast, mark, requester } = setting;
  const goesOn = createPatience(setting);
  for (let record = await recordOf(setting); goesOn(record); record = await recordOf(setting)) {
    if (record && isOver(record)) return;
    if (record?.state.status === 'awaiting-approval' && !setting.instance.isHasty) {
      if (hasButton(setting, ACTION.acceptProviso)) await settle(setting, 'accept');
      await agree(setting);
      await sleep(ASKED_AGAIN_MS);
    }
    if (record?.state.status === 'approved' && hasButton(setting, ACTION.answer)) {
      await cast.answer(setting.approver, mark);
    }
    if (record?.state.status === 'start-unclear') {
      const answer = hasRun(arena, record) ? ACTION.judgeRan : ACTION.judgeDidNotRun;
      await cast.click(requester, mark, 'judge', answer);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

export async function ask({ cast, requester, instance, mark }: Setting, fill?: FillRequest): Promise<boolean> {
  return (await cast.request(requester, instance.alias, mark, fill ? { fill } : {})) !== undefined;
}

/** Waits until the bot has noticed this, or it no longer matters. */
export async function until(setting: Pick<Setting, 'arena' | 'cast' | 'mark'>, event: string): Promise<void> {
  const deadline = Date.now() + NOTICED_WITHIN_MS;
  while (Date.now() < deadline) {
    const record = await recordOf(setting);
    if (record === undefined || isOver(record) || entriesOf(record, event).length > 0) return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Aura reports the instance so meanwhile, and as running afterwards. */
export async function during({ arena, instance }: Setting, status: string, act: () => Promise<void>): Promise<void> {
  arena.aura.instances.settle(instance.auraId, status);
  await act();
  arena.aura.instances.settle(instance.auraId, 'running');
}

/** A request that was to be stopped, and was not because nobody answered, is withdrawn until it is over. */
export async function stopped(setting: Pick<Setting, 'arena' | 'cast' | 'mark' | 'requester'>): Promise<void> {
  const goesOn = createPatience(setting);
  for (let record = await recordOf(setting); goesOn(record); record = await recordOf(setting)) {
    if (record && isOver(record)) return;
    await sleep(1_000);
    const again = await recordOf(setting);
    if (again?.state.status === 'awaiting-approval')
      await setting.cast.click(setting.requester, setting.mark, 'withdraw', ACTION.withdraw);
  }
}
