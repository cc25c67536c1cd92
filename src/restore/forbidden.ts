import type { Method } from './plan.ts';

/** What of a restore that was asked for the rules do not allow any more. */
export type Forbidden =
  /** The instance, or the one that its data was to come from, has no rules any more. */
  | { readonly what: 'instance' }
  | { readonly what: 'method'; readonly method: Method }
  /** It was to test the rollback on what is production by now. */
  | { readonly what: 'test' }
  | { readonly what: 'new-instances' }
  | { readonly what: 'size'; readonly memory: string }
  | { readonly what: 'lifetime'; readonly longestMinutes: number; readonly minutes: number };

/** The rules would not take it as a request any more, so that nobody may agree to it. */
export interface NoLongerAllowed {
  readonly reason: 'no-longer-allowed';
  readonly forbidden: Forbidden;
}

/** Why nobody may agree to what the rules forbid by now. */
export function forbiddenRefusal(known: { readonly forbidden?: Forbidden } = {}): NoLongerAllowed | undefined {
  return known.forbidden && { reason: 'no-longer-allowed', forbidden: known.forbidden };
}

/** What is not allowed any more in words for people, as they stand in the record. */
export function forbiddenWords(forbidden: Forbidden): string {
  switch (forbidden.what) {
    case 'instance':
      return NO_RULES;
    case 'method':
      return `The rules of the instance do not allow this way of getting data back ("${forbidden.method}") any more.`;
    case 'test':
      return NO_TEST;
    case 'new-instances':
      return 'The rules of the instance do not allow new instances from its snapshots any more.';
    case 'size':
      return `The rules of the instance do not allow new instances with ${forbidden.memory} any more.`;
    case 'lifetime':
      return `A new instance may live for ${forbidden.longestMinutes} minutes by now, and this one was to live for ${forbidden.minutes}.`;
    default:
      return forbidden satisfies never;
  }
}

const NO_RULES =
  'The instance, or the one that its data was to come from, was taken out of the rules after people were asked: nobody can agree to it any more. If it is to be restored, it must be given rules again, and be asked for anew.';

const NO_TEST =
  'It was asked for as a test of the rollback, and the instance counts as production by now: there is no such test of production.';
