import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { OneTimePassword } from '../aura/one-time-password.ts';
import type { MadeInstance } from '../restore/new-instance/made-instance.ts';

/** Tells one person the password so that nothing keeps it. Resolves to whether Slack took it. */
export type TellPassword = (made: MadeInstance, password: OneTimePassword) => Promise<boolean>;

/** The one-time passwords of made instances: in this process' memory and, where the operator names one, in a directory. */
export interface Passwords {
  /** Hands it over, once. Never rejects. */
  handOver(made: MadeInstance, password: OneTimePassword): Promise<'handed-over' | 'lost'>;
  /** For the checks; undefined where this process does not have it. */
  of(made: Pick<MadeInstance, 'name'>): Promise<OneTimePassword | undefined>;
  /** Those that this process has in its memory, and nobody else unless there is a directory. */
  held(): readonly Held[];
  /** The checks are over: nothing needs it here any more. May be repeated. */
  drop(name: string): void;
  /** The instance is gone. May be repeated. */
  forget(made: Pick<MadeInstance, 'name'>): Promise<void>;
}

/** Whose password a process holds. */
export type Held = Pick<MadeInstance, 'name' | 'restoreId'>;

/** Which one-time passwords some process holds. A hold ends by itself when it is not renewed: its process is gone. */
export interface PasswordHolds {
  renew(name: string): Promise<void>;
  isHeld(name: string): Promise<boolean>;
  end(name: string): Promise<void>;
}

/** Only the bot's own user may read it. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

/**
 * With a directory the password is written to a file there, named like the instance, and to nobody in Slack; without one its
 * owner is told in a message that only they see and that Slack does not keep.
 */
export function createPasswords(parts: {
  readonly directory: string | undefined;
  readonly tell: TellPassword;
  /** Where other processes see which passwords this one holds; absent: there are none. */
  readonly holds?: Pick<PasswordHolds, 'renew'>;
  readonly log: Logger;
}): Passwords {
  const { directory, log } = parts;
  const inMemory = new Map<string, Held & { readonly password: OneTimePassword }>();
  const fileOf = (within: string, { name }: Pick<MadeInstance, 'name'>) => join(within, `${name}.password`);

  async function given(made: MadeInstance, password: OneTimePassword): Promise<'handed-over' | 'lost'> {
    try {
      if (directory === undefined) return (await parts.tell(made, password)) ? 'handed-over' : 'lost';
      await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
      await writeFile(fileOf(directory, made), `${password.reveal()}\n`, { mode: FILE_MODE, flag: 'wx' });
      return 'handed-over';
    } catch (error) {
      log.error({ err: error, made: made.id }, 'the password of a new instance could not be handed over');
      return 'lost';
    }
  }

  return {
    async handOver(made, password) {
      const { name, restoreId } = made;
      inMemory.set(name, { name, restoreId, password });
      const fate = await given(made, password);
      // Only so that others leave the checks to this process: without it they are not run, and the password is handed over anyway.
      await parts.holds?.renew(name).catch((error: unknown) => {
        log.warn({ err: error, made: made.id }, 'other processes do not see who can look into a new instance');
      });
      return fate;
    },
    async of(made) {
      const known = inMemory.get(made.name)?.password;
      if (known || directory === undefined) return known;
      const kept = await readFile(fileOf(directory, made), 'utf8').catch(() => undefined);
      const text = kept?.trimEnd();
      // Empty: whoever wrote it was killed meanwhile.
      return text ? new OneTimePassword(text) : undefined;
    },
    held: () => [...inMemory.values()].map(({ name, restoreId }) => ({ name, restoreId })),
    drop: (name) => void inMemory.delete(name),
    async forget(made) {
      inMemory.delete(made.name);
      if (directory !== undefined) await rm(fileOf(directory, made), { force: true });
    },
  };
}
