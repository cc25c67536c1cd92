import { agree, ask, type Scene, seeThrough } from './acts.ts';
import { dryRun, overwriteFrom } from './request-forms.ts';

/** Other ways to get data back than a snapshot of the instance itself, and ways that change nothing. */
export const SCENES_OF_METHODS = {
  'undone afterwards': async (setting) => {
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
    const { cast, requester, mark } = setting;
    const undoing = { ...setting, mark: `${mark}-undone` };
    if (!(await cast.undo(requester, mark, undoing.mark))) return;
    await agree(undoing);
    await seeThrough(undoing);
  },
  'a dry run': async (setting) => {
    if (!(await ask(setting, dryRun))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'overwritten from another instance': async (setting) => {
    if (!(await ask(setting, overwriteFrom(setting.instance.source ?? '')))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  "the overwrite's answer is lost": async (setting) => {
    if (!(await ask(setting, overwriteFrom(setting.instance.source ?? '')))) return;
    const instance = setting.instance.auraId;
    setting.arena.aura.faults.add({ kind: 'reset', route: 'overwrite', when: 'after', times: 1, instance });
    await agree(setting);
    await seeThrough(setting);
  },
} as const satisfies Record<string, Scene>;
