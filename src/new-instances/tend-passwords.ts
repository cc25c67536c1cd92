import type { RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { hasEnded } from '../restore/state.ts';
import type { PasswordHolds, Passwords } from './passwords.ts';

/**
 * What the process does that holds one-time passwords: it says so to the others, and looks into the new instances itself, since
 * nobody else can. A password is dropped when its restore has ended. May be repeated at will.
 */
export function createTendPasswords(parts: {
  readonly passwords: Pick<Passwords, 'held' | 'drop'>;
  readonly holds: Pick<PasswordHolds, 'renew' | 'end'>;
  /** Undefined when there is no such record. */
  readonly find: (id: RestoreId) => Promise<Pick<Restore, 'state' | 'turn'> | undefined>;
  readonly runDueStep: (id: RestoreId, turn: number) => Promise<unknown>;
}): { tend(): Promise<void>; stop(): Promise<void> } {
  const { passwords, holds } = parts;
  return {
    async tend() {
      for (const { name, restoreId } of passwords.held()) {
        const restore = await parts.find(restoreId);
        if (!restore || hasEnded(restore.state.status)) {
          passwords.drop(name);
          await holds.end(name);
          continue;
        }
        await holds.renew(name);
        if (restore.state.status === 'verifying') await parts.runDueStep(restoreId, restore.turn);
      }
    },
    /** The process ends: the others need not wait for it. */
    async stop() {
      for (const { name } of passwords.held()) await holds.end(name);
    },
  };
}
