import { ACTION, FIELD } from '../messages/action-ids.ts';
import type { Arena } from './arena.ts';
import { APPROVALS_CHANNEL } from './rules-of-arena.ts';
import { soon } from './sim-messages.ts';

const FORM_WITHIN_MS = 4_000;
const ANSWER_WITHIN_MS = 3_000;
const MOST_TRIES = 8;

/** An approver hands their place to somebody and takes it back; whoever is not answered tries again. */
export async function handOverAndBack({ slack }: Pick<Arena, 'slack'>, from: string, to: string): Promise<void> {
  const persona = slack.as(from);
  const view = () => JSON.stringify(persona.modal()?.view ?? '');
  const isHanded = () => view().includes(ACTION.endDelegation);

  async function openForm(): Promise<boolean> {
    while (persona.modal()) persona.closeModal();
    await persona.slash('/restore', 'delegate', APPROVALS_CHANNEL);
    return (await soon(FORM_WITHIN_MS, () => (view().includes(FIELD.delegate) ? true : undefined))) ?? false;
  }

  async function tryOnce(): Promise<boolean> {
    if (!(await openForm())) return false;
    if (!isHanded()) {
      await persona.choose('person', to);
      await persona.submit();
      if (!(await openForm()) || !isHanded()) return false;
    }
    await persona.click({ modal: true }, ACTION.endDelegation);
    return (await soon(ANSWER_WITHIN_MS, () => (isHanded() ? undefined : true))) ?? false;
  }

  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (await tryOnce().catch(() => false)) break;
  }
  while (persona.modal()) persona.closeModal();
}
