import { setTimeout as sleep } from 'node:timers/promises';
import type { SimMessage } from '../playground/slack/workspace.ts';

const LOOK_EVERY_MS = 25;

/** Looks until something is there, at most for a while. */
export async function soon<T>(
  withinMs: number,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() > deadline) return found;
    await sleep(LOOK_EVERY_MS);
  }
}

/** All text of a message as one string. */
export function wordsOf(message: SimMessage): string {
  return `${message.text}\n${JSON.stringify(message.blocks)}`;
}

/** The bot's own name of a message, from its metadata. */
export function keyOf(message: SimMessage): string | undefined {
  const payload = message.metadata?.event_payload as { readonly key?: string } | undefined;
  return payload?.key;
}

/** The restore a message is about, from its metadata. */
export function restoreOf(message: SimMessage): string | undefined {
  const payload = message.metadata?.event_payload as { readonly restore_id?: string } | undefined;
  return payload?.restore_id;
}

/** The act because of which something was said to one person alone, as the agent in the bot notes it. */
export function triggerOf(message: SimMessage): string | undefined {
  const payload = message.metadata?.event_payload as { readonly trigger?: string } | undefined;
  return payload?.trigger;
}
