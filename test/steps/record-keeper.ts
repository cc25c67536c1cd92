import type { Coordinator } from '../../src/coordinator.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';

/** The coordinator's part in a step, in memory, by the real rules and on a clock the test winds. */
export function makeRecordKeeper(restore: Restore, now: Instant = restore.since) {
  const held = { restore, now };
  const coordinator: Pick<Coordinator, 'find' | 'apply'> = {
    async find(id) {
      return id === held.restore.id ? { ...held } : undefined;
    },
    async apply(id, event) {
      if (id !== held.restore.id) return { kind: 'unknown' };
      const outcome = transition(held.restore, { ...event, at: held.now });
      if (outcome.kind !== 'changed') return { ...outcome, ...held };
      held.restore = outcome.restore;
      return { ...outcome, now: held.now };
    },
  };
  return {
    coordinator,
    record: () => held.restore,
    now: () => held.now,
    /** Lets time pass on the store's clock. */
    wind(minutes: number) {
      held.now = addMinutes(held.now, minutes);
    },
    windTo(at: Instant) {
      held.now = at > held.now ? at : held.now;
    },
  };
}
