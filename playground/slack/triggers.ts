import { randomBytes } from 'node:crypto';
import { SlackRefusal } from './method.ts';

/** What a click or a command gives an app, so that it may open a form: good once, for three seconds. */
export interface Triggers {
  give(user: string): string;
  /** The person it was given to; throws when it is used, too old or unknown. */
  use(id: string): string;
}

const TRIGGER_LIFETIME_MS = 3000;

/** Triggers that are judged by this clock. */
export function createTriggers(now: () => number): Triggers {
  const given = new Map<string, { readonly user: string; readonly at: number; isUsed: boolean }>();
  return {
    give(user) {
      const id = `${now()}.${randomBytes(4).toString('hex')}`;
      given.set(id, { user, at: now(), isUsed: false });
      return id;
    },
    use(id) {
      const trigger = given.get(id);
      if (!trigger) throw new SlackRefusal('invalid_trigger_id');
      if (trigger.isUsed) throw new SlackRefusal('exchanged_trigger_id');
      if (now() - trigger.at > TRIGGER_LIFETIME_MS) throw new SlackRefusal('expired_trigger_id');
      trigger.isUsed = true;
      return trigger.user;
    },
  };
}
