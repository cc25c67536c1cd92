import { z } from 'zod';
import type { AccessSeen, Seen, UserSeen } from '../restore/receipt/access.ts';
import type { UnknownBecause } from '../restore/receipt/amount.ts';
import { unknownBecause } from './budgeted.ts';
import { neo4jCodeOf } from './neo4j-errors.ts';
import type { Ask } from './session.ts';

const userRow = z.object({
  user: z.string(),
  roles: z.array(z.string()).nullable(),
  suspended: z.boolean().nullable(),
});
const roleRow = z.object({ role: z.string() });

/** Who may do what. Never rejects: what cannot be seen is said not to be, with the reason. Passwords are never asked for. */
export async function lookAtAccess(ask: Ask): Promise<AccessSeen> {
  return {
    users: await listed(ask, 'SHOW USERS YIELD user, roles, suspended', (row): UserSeen => {
      const { user, roles, suspended } = userRow.parse(row);
      return {
        name: user,
        ...(roles ? { roles: [...roles].sort() } : {}),
        ...(suspended ? { isSuspended: true } : {}),
      };
    }),
    roles: await listed(ask, 'SHOW ROLES YIELD role', (row) => roleRow.parse(row).role),
  };
}

async function listed<T>(ask: Ask, command: string, read: (row: object) => T): Promise<Seen<T>> {
  try {
    const { records } = await ask(command, { database: 'system' });
    return { kind: 'seen', all: records.map((record) => read(record.toObject())) };
  } catch (error) {
    return { kind: 'not-seen', because: whyNotSeen(error) };
  }
}

function whyNotSeen(error: unknown): UnknownBecause {
  const code = neo4jCodeOf(error);
  if (/Security\.Forbidden|Database\.DatabaseNotFound/.test(code)) return 'not-permitted';
  // Community has no roles, and calls them unsupported.
  if (/^Neo\.ClientError\.Statement\./.test(code)) return 'not-offered';
  return unknownBecause(error);
}
