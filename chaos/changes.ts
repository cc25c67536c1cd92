import { ACTION, FIELD } from '../messages/action-ids.ts';
import { isJson } from '../playground/slack/block-kit-rules.ts';
import type { Persona } from '../playground/slack/personas.ts';
import { soon } from './sim-messages.ts';

/** What a requester may change of an open request. */
export const CHANGES = ['snapshot', 'start', 'channels'] as const;
export type Change = (typeof CHANGES)[number];

const MENU_WITHIN_MS = 3_000;
const START_IN_MS = 2_000;

/** Changes the plan in the open form; the submission is the caller's. */
export async function fillChange(persona: Persona, change: Change): Promise<void> {
  switch (change) {
    case 'snapshot':
      return chooseOther(persona);
    case 'start':
      await persona.choose(ACTION.chooseStart, 'at');
      await persona.choose(ACTION.chooseStartTime, Math.floor((Date.now() + START_IN_MS) / 1000));
      return;
    case 'channels':
      await persona.choose(`${FIELD.noticeChannels}_0`, '1');
      return;
    default:
      return change satisfies never;
  }
}

/** The oldest two stay; safety snapshots of earlier restores come and go above them. */
async function chooseOther(persona: Persona): Promise<void> {
  const ids = await soon(MENU_WITHIN_MS, async () => {
    const found = await optionIds(persona);
    return found.length > 1 ? found : undefined;
  });
  const [secondOldest, oldest] = (ids ?? []).slice(-2);
  const isOldest = oldest !== undefined && JSON.stringify(persona.modal()?.view).includes(oldest);
  await persona.choose(ACTION.chooseSnapshot, (isOldest ? secondOldest : oldest) ?? '');
}

/** The restore points that the open form's menu offers, newest first. */
export async function optionIds(persona: Persona): Promise<readonly string[]> {
  const groups = await persona.suggestions(ACTION.chooseSnapshot, '');
  return groups.flatMap(({ options }) =>
    Array.isArray(options) ? options.filter(isJson).map(({ value }) => String(value)) : [],
  );
}
