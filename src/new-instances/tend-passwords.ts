import { setTimeout as sleep } from 'node:timers/promises';
import type { RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { hasEnded } from '../restore/state.ts';
import type { Held, PasswordHolds, Passwords } from './passwords.ts';

/** A look that waits for a database that is gone must not keep the process from ending. */
const STOP_DEADLINE_MS = 2_000;

/**
 * What the process does that holds one-time passwords: it says so to the others, and looks into the new instances itself, since
 * nobody else can. A password is dropped when its restore has ended. May be repeated at will.
 *
 * A look may take minutes, for each question may, and is not waited for: meanwhile the others would take the process for gone.
 */
export function createTendPasswords(parts: {
  readonly passwords: Pick<Passwords, 'held' | 'drop'>;
  readonly holds: Pick<PasswordHolds, 'renew' | 'end'>;
  /** Undefined when there is no such record. */
  readonly find: (id: RestoreId) => Promise<Pick<Restore, 'state' | 'turn'> | undefined>;
  readonly runDueStep: (id: RestoreId, turn: number) => Promise<unknown>;
  /** Hears what went wrong with one of them; the next time sees to it again. */
  readonly onTrouble: (error: unknown) => void;
}): { tend(): Promise<void>; stop(): Promise<void> } {
  const { passwords, holds, onTrouble } = parts;
  const looks = new Map<RestoreId, Promise<void>>();

  function look(id: RestoreId, turn: number): void {
    if (looks.has(id)) return;
    const ended = parts
      .runDueStep(id, turn)
      .then(() => undefined, onTrouble)
      .finally(() => looks.delete(id));
    looks.set(id, ended);
  }

  async function tendOne({ name, restoreId }: Held): Promise<void> {
    await holds.renew(name);
    const restore = await parts.find(restoreId);
    if (!restore || hasEnded(restore.state.status)) {
      passwords.drop(name);
      return holds.end(name);
    }
    if (restore.state.status === 'verifying') look(restoreId, restore.turn);
  }

  return {
    async tend() {
      for (const one of passwords.held()) await tendOne(one).catch(onTrouble);
    },
    /** The process ends: the others need not wait for it. */
    async stop() {
      await Promise.race([Promise.all(looks.values()), sleep(STOP_DEADLINE_MS, undefined, { ref: false })]);
      for (const { name } of passwords.held()) await holds.end(name);
    },
  };
}
