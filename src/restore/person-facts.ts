import type { Holidays } from './holidays.ts';
import type { Instant, PersonId } from './names.ts';
import type { OnCallLook } from './on-call.ts';

/** What the directory said about a person at the moment of the click. `unreadable` means no. */
export type PersonFacts =
  | { readonly kind: 'unreadable'; readonly id: PersonId }
  | {
      readonly kind: 'known';
      readonly id: PersonId;
      readonly isActive: boolean;
      readonly isBot: boolean;
      readonly isGuest: boolean;
      readonly isExternal: boolean;
      /** Ids of the user groups, among those the rules name, that the person belongs to. */
      readonly groups: readonly string[];
      /** Aliases of the schedules, among those the rules name, that the person was known to be on at that moment. */
      readonly onCall?: readonly string[];
      /** How that was found out, or why it was not. */
      readonly onCallLooks?: readonly OnCallLook[];
      /** The places that others have handed to them and that are theirs at that moment. */
      readonly standsInFor?: readonly StandIn[];
      /** IANA time zone, when Slack knows it. */
      readonly zone?: string;
    };

/** A place that somebody holds for another person, who was read at the same moment: what is not theirs is nobody's. */
export interface StandIn {
  readonly delegation: string;
  readonly until: Instant;
  readonly delegator: PersonFacts;
}

/** Those who are asked or may be, as far as Slack and the on-call services said a moment ago. */
export interface AskedLook {
  readonly people: readonly PersonFacts[];
  /** False when somebody could not be looked up: then it is to be looked again soon. */
  readonly isWhole: boolean;
  /** Aliases of the schedules of which nobody knows who is on them; absent: none. */
  readonly unknownSchedules?: readonly string[];
  /** More people are named than were read. */
  readonly isCut?: true;
  /** The days on which nobody is at work. */
  readonly holidays?: readonly Holidays[];
}
