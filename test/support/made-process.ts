import type { Redis } from 'ioredis';
import pino from 'pino';
import type { AuraSimulator } from '../../playground/aura/simulator.ts';
import { type AuraInstances, createAuraInstances } from '../../src/aura/made-instances.ts';
import { createMaker } from '../../src/new-instances/maker.ts';
import { createPasswords } from '../../src/new-instances/passwords.ts';
import { createReaper } from '../../src/new-instances/reaper.ts';
import type { Clocks } from '../../src/restore/clock-difference.ts';
import type { OwedSaying } from '../../src/restore/new-instance/sayings.ts';
import { createMadeStore } from '../../src/store/made-store.ts';
import { accessTo } from './aura-access.ts';
import { type Death, mortal } from './mortal.ts';

/** One bot process: what it said, and its clock, which can be moved on. */
export function startProcess(
  around: { readonly redis: Redis; readonly aura: Pick<AuraSimulator, 'url'>; readonly inUse: readonly string[] },
  options: {
    readonly directory?: string;
    readonly tells?: boolean;
    readonly beginsAt?: string;
    readonly dies?: Death;
    /** Called after each answer of Aura's list: what happens while the process stands still. */
    readonly afterList?: () => void;
    readonly clocks?: Clocks;
  } = {},
) {
  let nowMs = Date.parse(options.beginsAt ?? new Date().toISOString());
  const store = { ...createMadeStore(around.redis), now: async () => new Date(nowMs).toISOString() };
  const unharmed = createAuraInstances({
    ...accessTo(around.aura.url),
    timeoutMs: 2_000,
    readDeadlineMs: 10_000,
  });
  const stopped: AuraInstances = {
    ...unharmed,
    async listInstances(priority) {
      const listed = await unharmed.listInstances(priority);
      options.afterList?.();
      return listed;
    },
  };
  const instances = options.dies ? mortal(stopped, options.dies) : stopped;
  const inUse = () => new Set(around.inUse);
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const told: string[] = [];
  const passwords = createPasswords({
    directory: options.directory,
    tell: async (_, password) => {
      told.push(password.reveal());
      return options.tells ?? true;
    },
    log,
  });
  const said: OwedSaying['saying'][] = [];
  const strays: string[] = [];
  const unreadable: string[] = [];
  return {
    store,
    passwords,
    lines,
    told,
    said,
    strays,
    unreadable,
    moveOn(minutes: number) {
      nowMs += minutes * 60_000;
    },
    maker: createMaker({ store, aura: instances, passwords, inUse, log }),
    reap: createReaper({
      store,
      aura: instances,
      passwords,
      looksForStrays: () => true,
      inUse,
      ...(options.clocks ? { clocks: options.clocks } : {}),
      say: async (_, { saying }) => {
        said.push(saying);
        return 'settled';
      },
      async sayStray({ name }) {
        strays.push(name);
        return 'settled';
      },
      async sayUnreadable(id) {
        unreadable.push(id);
        return 'settled';
      },
      worker: 'one',
      log,
    }),
  };
}
