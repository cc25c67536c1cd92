import { ACTION, FIELD } from '../messages/action-ids.ts';
import type { Arena } from './arena.ts';
import type { Cast } from './cast.ts';
import { soon, wordsOf } from './sim-messages.ts';

const WITHIN_MS = 4_000;
const MOST_TRIES = 8;

/** An approver agrees on a condition; whoever is not answered tries again. */
export async function agreeOnCondition(arena: Pick<Arena, 'slack'>, cast: Cast, who: string, mark: string) {
  const persona = arena.slack.as(who);
  const tryOnce = async (): Promise<boolean> => {
    const card = cast.card(mark);
    if (!card) return false;
    while (persona.modal()) persona.closeModal();
    await persona.click({ channel: card.channel, ts: card.ts }, ACTION.approve);
    if (!(await soon(WITHIN_MS, persona.modal))) return isWaiting(cast, mark);
    persona.type(FIELD.restoreWord, 'RESTORE');
    persona.type(FIELD.instanceName, /db-\d+/.exec(JSON.stringify(card.blocks))?.[0] ?? '');
    persona.type(FIELD.condition, 'Tell the shop first.');
    await persona.submit();
    return (await soon(WITHIN_MS, () => isWaiting(cast, mark) || undefined)) ?? false;
  };
  await patiently(tryOnce);
  while (persona.modal()) persona.closeModal();
}

/** The requester accepts it. */
export async function settleCondition(arena: Pick<Arena, 'slack'>, cast: Cast, who: string, mark: string) {
  await patiently(async () => {
    const card = cast.card(mark);
    if (!card || !isWaiting(cast, mark)) return true;
    await arena.slack.as(who).click({ channel: card.channel, ts: card.ts }, ACTION.acceptProviso);
    return (await soon(WITHIN_MS, () => !isWaiting(cast, mark) || undefined)) ?? false;
  });
}

function isWaiting(cast: Cast, mark: string): boolean {
  const card = cast.card(mark);
  return card !== undefined && wordsOf(card).includes(ACTION.acceptProviso);
}

async function patiently(tryOnce: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (await tryOnce().catch(() => false)) return;
  }
}
