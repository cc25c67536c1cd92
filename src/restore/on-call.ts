import type { Instant } from './names.ts';

/** What the names of schedules mean, and whose an e-mail address is: part of the rules about people. */
export interface OnCallRules {
  /** The schedule of each alias: service, kind of name, name. */
  readonly schedules: Readonly<Record<string, string>>;
  /** Slack accounts by e-mail address. */
  readonly accounts: Readonly<Record<string, string>>;
  /** With the service away, an older answer is not used for a decision. */
  readonly maxAgeMs: number;
}

/** Why nobody knows who is on call. */
export type OnCallTrouble =
  | 'no-answer'
  | 'token-refused'
  | 'rate-limited'
  | 'unreadable-answer'
  | 'unknown-schedule'
  /** The record names a schedule that the configuration does not name any more. */
  | 'not-configured'
  | 'people-unread';

/** Where an answer about a schedule comes from. */
export interface OnCallSource {
  /** The service's own name, for people. */
  readonly provider: 'PagerDuty' | 'Opsgenie';
  /** The schedule as that service names it. */
  readonly schedule: string;
}

/** What was found out about one person and one schedule at the moment of a click. */
export type OnCallLook = {
  /** The schedule's alias in the configuration. */
  readonly alias: string;
} & (
  | {
      readonly kind: 'known';
      readonly source: OnCallSource;
      readonly isOn: boolean;
      /** The moment the service was asked about; the age of the answer counts from it. */
      readonly asOf: Instant;
      /** So many people on call could not be matched with a Slack account. */
      readonly unmatched: number;
    }
  | { readonly kind: 'unknown'; readonly source?: OnCallSource; readonly why: OnCallTrouble }
);

/** The aliases of the schedules on which the person is known to be. What is not known counts as no. */
export function schedulesOn(looks: readonly OnCallLook[]): readonly string[] {
  return looks.filter((look) => look.kind === 'known' && look.isOn).map(({ alias }) => alias);
}

/** What the looks found, in words that the history keeps and people read; empty without looks. */
export function onCallWords(looks: readonly OnCallLook[]): string {
  return looks.map(lookWords).join('; ');
}

const TROUBLE_WORDS: Readonly<Record<OnCallTrouble, (provider: string) => string>> = {
  'no-answer': (provider) => `${provider} did not answer`,
  'token-refused': (provider) => `${provider} did not accept the bot's key`,
  'rate-limited': (provider) => `${provider} has been asked too often`,
  'unreadable-answer': (provider) => `${provider} gave an answer that cannot be read`,
  'unknown-schedule': (provider) => `${provider} does not know the schedule`,
  'people-unread': () => 'Slack did not say who the people on call are',
  'not-configured': () => 'this schedule is no longer in the configuration',
};

function lookWords(look: OnCallLook): string {
  const { source } = look;
  const which = source ? `${look.alias}, ${source.provider} schedule ${source.schedule}` : look.alias;
  if (look.kind === 'unknown') {
    return `${TROUBLE_WORDS[look.why](source?.provider ?? '')} (${which}); only the people and groups that the configuration names count`;
  }
  const asOf = `as of ${look.asOf.slice(11, 16)} UTC`;
  const unmatched =
    look.unmatched > 0 ? `; ${look.unmatched} on call without a Slack account of the same e-mail address` : '';
  return `${look.isOn ? 'on call' : 'not on call'} (${which}, ${asOf})${unmatched}`;
}
