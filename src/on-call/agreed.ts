import type { OnCallAccess } from '../config/config.ts';
import type { OnCallRules } from '../restore/on-call.ts';
import type { OnCall } from './on-call.ts';

/** The rules about who is on call, as they are in force at the moment of asking. */
type InForce = () => OnCallRules | undefined;

/** What the file gives access to, with the accounts that the rules in force give to e-mail addresses, and no older answers than they allow. */
export function onCallInForce(file: OnCallAccess, inForce: InForce): OnCallAccess {
  return {
    ...file,
    get people() {
      return new Map(Object.entries(inForce()?.accounts ?? {}));
    },
    maxAgeMs: Math.min(file.maxAgeMs, inForce()?.maxAgeMs ?? file.maxAgeMs),
  };
}

/** Answers only for schedules that are in this process's file what they are in the rules in force; any other is not configured. */
export function createAgreedOnCall(
  onCall: OnCall,
  { file, inForce }: { readonly file: OnCallRules | undefined; readonly inForce: InForce },
): OnCall {
  return {
    async whoIsOn(alias, at) {
      const target = file?.schedules[alias];
      const isAgreed = target !== undefined && inForce()?.schedules[alias] === target;
      return isAgreed ? onCall.whoIsOn(alias, at) : { kind: 'unknown', why: 'not-configured' };
    },
  };
}
