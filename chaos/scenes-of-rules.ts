import { agree, ask, type Scene, seeThrough, until } from './acts.ts';

/** The file with the rules is changed while people decide. */
export const SCENES_OF_RULES = {
  'a rule becomes tighter meanwhile': async (setting) => {
    if (!(await ask(setting))) return;
    const { arena, instance } = setting;
    arena.rules.tighten(instance.alias);
    // Whoever starts next reads it.
    arena.fleet.kill(0);
    await until(setting, 'rules-tightened');
    await agree(setting);
    await seeThrough(setting);
  },
} as const satisfies Record<string, Scene>;
