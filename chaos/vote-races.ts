import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../messages/action-ids.ts';
import { stopped, until } from './acts.ts';
import { CHANGES } from './changes.ts';
import type { Race } from './races.ts';

const MEET_WITHIN_MS = 10_000;
/** About as long as an edit takes until it is on record. */
const LATER_MS = 80;

/** Both have their form open on the same plan, and submit at about the same moment: an approval never counts for the other plan. */
export async function editAgainstApprove({ arena, cast, instance, mark, random }: Race): Promise<void> {
  const requester = random.pick(arena.requesters);
  if (!(await cast.request(requester, instance.alias, mark))) return;
  const together = meeting(2);
  await Promise.all([
    cast.edit(requester, mark, random.pick(CHANGES), together),
    // An edit asks Aura about the snapshot first, so an approval of the same moment would always be before it.
    cast.approveLate(random.pick(arena.approvers), mark, () => together().then(() => sleep(random.below(LATER_MS)))),
  ]);
  await stop(requester, { arena, cast, mark });
}

/** One agrees, the world is another one, and a second form from before is submitted as people are asked anew. */
export async function driftAgainstApprove({ arena, cast, instance, mark, random }: Race): Promise<void> {
  const requester = random.pick(arena.requesters);
  if (!(await cast.request(requester, instance.alias, mark))) return;
  arena.aura.instances.settle(instance.auraId, 'paused');
  const [first, second] = [random.pick(arena.approvers.slice(0, 10)), random.pick(arena.approvers.slice(10, 20))];
  const opened = meeting(2);
  const drift = async () => {
    await opened();
    await until({ arena, cast, mark }, 'drifted');
  };
  await Promise.all([cast.approveLate(first, mark, opened), cast.approveLate(second, mark, drift)]);
  arena.aura.instances.settle(instance.auraId, 'running');
  await stop(requester, { arena, cast, mark });
}

/** Two who can fill the same rule only agree at once; that leaves the other rule open. */
export async function twoForOnePlace({ arena, cast, instance, mark, random }: Race): Promise<void> {
  const requester = random.pick(arena.requesters);
  if (!(await cast.request(requester, instance.alias, mark))) return;
  const others = arena.approvers.filter((who) => !arena.serviceOwners.includes(who)).slice(0, 20);
  await cast.approveTogether([random.pick(others.slice(0, 10)), random.pick(others.slice(10))], mark);
  await stop(requester, { arena, cast, mark });
}

/** The requester ends it, again where nobody answers: what a race leaves open would be taken for stuck. */
async function stop(requester: string, race: Pick<Race, 'arena' | 'cast' | 'mark'>): Promise<void> {
  const { cast, mark } = race;
  if ((await cast.click(requester, mark, 'withdraw', ACTION.withdraw)) !== 'done')
    await cast.click(requester, mark, 'cancel', ACTION.cancel);
  await stopped({ ...race, requester });
}

/** Resolves for everybody when so many have come, or after a while. */
function meeting(size: number): () => Promise<unknown> {
  let come = 0;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come++;
    if (come >= size) open();
    return Promise.race([all, sleep(MEET_WITHIN_MS)]);
  };
}
