import type { Locale } from 'date-fns';
import { enGB } from 'date-fns/locale/en-GB';
import type { Environment } from '../../../src/restore/names.ts';

export interface Units {
  readonly days: (count: number) => string;
  readonly hours: string;
  readonly minutes: string;
  readonly seconds: string;
}

const units: Units = { days: () => 'd', hours: 'h', minutes: 'min', seconds: 's' };

/** The word first, the mark after it: neither colour nor picture carries the meaning. */
const environment: Readonly<Record<Environment, string>> = {
  production: 'PRODUCTION 🔴',
  staging: 'staging 🟡',
  development: 'development 🟢',
};

const locale: Locale = enGB;

/** What stands in many places: times, numbers, lists and people. */
export const basics = {
  locale,
  /** As date-fns writes it. */
  dayAndTime: 'd MMM HH:mm',
  units,
  number: (value: number) => value.toLocaleString('en-GB', { useGrouping: false }),
  lessThanAMinute: 'less than a minute',
  environment,
  andMore: (count: number) => `and ${count} more`,
  /** Of a text that is shortened; its last line. */
  moreLines: (count: number) => `… and ${count} more ${count === 1 ? 'line' : 'lines'}`,
  or: 'or',
  and: 'and',
  noChannel: 'no channel',
  onCall: (alias: string) => `whoever is on call (${alias})`,
  onCallThen: (facts: { alias: string; people: string; at: string }) =>
    `${basics.onCall(facts.alias)}: ${facts.people} at ${facts.at}`,
  onCallNobody: (facts: { alias: string; at: string }) => `${basics.onCall(facts.alias)}: nobody at ${facts.at}`,
  onCallUnknown: (alias: string) => `${basics.onCall(alias)}, who could not be found out`,
  /** Somebody whom a message names in a moment, when that notifies nobody. */
  somebody: 'one person',
  someGroup: 'a user group',
  /** What did not come about before a deadline. */
  until: (at: string) => `by ${at}`,
  /** Those of a list that stand beside each other, where their names cannot be shown. */
  people: (count: number): string => (count === 1 ? basics.somebody : `${count} people`),
  groups: (count: number): string => (count === 1 ? basics.someGroup : `${count} user groups`),
  inTime: 'in time',
  /** How long it is until then. */
  inTimeOf: (duration: string) => `in ${duration}`,
  /** How long it is from the message that says it until then. */
  afterThis: (duration: string) => `${duration} after this message`,
  buttons: (labels: string) => `Buttons: ${labels}`,
  /** A button's name where it stands among those of other restores; begins with what it shows. */
  button: (facts: { label: string; id: string; alias: string }) => `${facts.label} ${facts.id}, ${facts.alias}`,
  /** What the record says, in its own words. */
  recorded: (text: string) => text,
};
