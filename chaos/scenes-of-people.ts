import { ACTION } from '../messages/action-ids.ts';
import { agree, agreeIf, ask, confirm, during, type Scene, seeThrough, settle, stopped } from './acts.ts';
import { handOverAndBack } from './hand-over.ts';
import { APPROVALS_CHANNEL } from './rules-of-arena.ts';
import { soon } from './sim-messages.ts';
import { isOpen } from './troupe.ts';

const ADVICE_WITHIN_MS = 2_000;
const MOST_ASKINGS = 8;

/** What people do about a restore, in every way they can. */
export const SCENES_OF_PEOPLE = {
  'the whole way': async (setting) => {
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'people who may not': async (setting) => {
    if (!(await ask(setting))) return;
    const { arena, cast, mark } = setting;
    await cast.approve(setting.requester, mark);
    await cast.approve(arena.guest, mark);
    await cast.click(setting.approver, mark, 'withdraw', ACTION.withdraw);
    await arena.slack.as(setting.other).openHome();
    await agree(setting);
    await seeThrough(setting);
  },
  'somebody asks who may not': async ({ arena, cast, instance, mark }) => {
    await cast.request(arena.guest, instance.alias, mark);
  },
  'a place is handed over and back': async (setting) => {
    await handOverAndBack(setting.arena, ...setting.instance.deputies);
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'a condition is accepted': async (setting) => {
    if (!(await ask(setting))) return;
    await agreeIf(setting);
    await settle(setting, 'accept');
    await agree(setting);
    await seeThrough(setting);
  },
  'a condition is declined': async (setting) => {
    if (!(await ask(setting))) return;
    await agreeIf(setting);
    await settle(setting, 'decline');
    await agree(setting);
    await seeThrough(setting);
  },
  'a stakeholder objects': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver } = setting;
    const [reader, objector] = setting.instance.deputies;
    await during(setting, 'updating', async () => {
      await agree(setting);
      await cast.click(reader, mark, 'acknowledge', ACTION.acknowledge);
      await cast.object(objector, mark);
    });
    await cast.answer(approver, mark);
    await seeThrough(setting);
  },
  'advice is asked for': async ({ arena, instance }) => {
    const [reader] = instance.deputies;
    const persona = arena.slack.as(reader);
    for (let attempt = 0; attempt < MOST_ASKINGS; attempt++) {
      await persona.slash('/restore', `advise ${instance.alias}`, APPROVALS_CHANNEL);
      const trigger = persona.lastTrigger() ?? '';
      await soon(ADVICE_WITHIN_MS, () => isOpen(persona, trigger));
      const first = persona.modal()?.hash;
      // What Aura says comes into the form a moment later.
      const isRedrawn = await soon(ADVICE_WITHIN_MS, () => persona.modal()?.hash !== first || undefined);
      persona.closeModal();
      if (isRedrawn) return;
    }
  },
  'people are nudged': async (setting) => {
    if (!(await ask(setting))) return;
    await setting.cast.click(setting.requester, setting.mark, 'nudge', ACTION.nudge);
    await agree(setting);
    await seeThrough(setting);
  },
  'several at once': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark } = setting;
    await Promise.all([confirm(setting, setting.approver), cast.approve(setting.other, mark)]);
    await agree(setting);
    await seeThrough(setting);
  },
  'asked for twice': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, instance, other, mark } = setting;
    await cast.request(other, instance.alias, `${mark}-again`, { withinMs: 1_000 });
    await cast.click(setting.requester, mark, 'withdraw', ACTION.withdraw);
    await stopped(setting);
  },
  denied: async (setting) => {
    if (!(await ask(setting))) return;
    for (let attempt = 0; attempt < 4; attempt++) {
      if ((await setting.cast.deny(setting.approver, setting.mark)) !== 'unanswered') break;
    }
    await stopped(setting);
  },
  withdrawn: async (setting) => {
    if (!(await ask(setting))) return;
    await setting.cast.click(setting.requester, setting.mark, 'withdraw', ACTION.withdraw);
    await stopped(setting);
  },
  'stopped on the way': async (setting) => {
    if (!(await ask(setting))) return;
    await agree(setting);
    await setting.cast.click(setting.requester, setting.mark, 'cancel', ACTION.cancel);
    await seeThrough(setting);
  },
  'nobody answers': async (setting) => {
    if (await ask(setting)) await seeThrough(setting);
  },
  'changed while people vote': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver, requester, other, change } = setting;
    await cast.edit(approver, mark, change);
    await confirm(setting, approver);
    const editing = cast.edit(requester, mark, change);
    // Their form is open before the change and is submitted after it.
    await Promise.all([editing, cast.approveLate(other, mark, () => editing)]);
    await seeThrough(setting);
  },
  'second thoughts': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver, other } = setting;
    await cast.click(approver, mark, 'look', ACTION.look);
    await cast.click(other, mark, 'look', ACTION.look);
    await cast.approveWrongly(approver, mark);
    await confirm(setting, approver);
    await cast.click(approver, mark, 'take-back', ACTION.takeBack);
    await cast.click(other, mark, 'take-back', ACTION.takeBack);
    await seeThrough(setting);
  },
  'double clicks by several': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver, other } = setting;
    await Promise.all([cast.approveTwice(approver, mark), cast.approveTwice(other, mark)]);
    await seeThrough(setting);
  },
  'one agrees and one says no': async (setting) => {
    if (!(await ask(setting))) return;
    await confirm(setting, setting.approver);
    await setting.cast.deny(setting.other, setting.mark);
    await stopped(setting);
  },
} as const satisfies Record<string, Scene>;
