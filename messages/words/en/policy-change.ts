import type { Setting } from '../../../src/restore/policy/instance-rules.ts';
import type { Stage } from '../../../src/restore/terms.ts';

/** What people call each setting. */
const labels: Readonly<Record<Setting, string>> = {
  alias: 'The name of the database',
  auraId: 'The Aura id',
  environment: 'The environment',
  requesters: 'Who may ask for a restore',
  approval: 'Who must agree to a restore',
  overrideApprovers: 'Who may agree to a start in a freeze',
  approvalsChannel: 'Where requests are decided',
  auditChannel: 'Where the audit anchors go',
  noticeChannels: 'Which channels are told of a restore',
  noticeLeadMinutes: 'The time between the notice and the start',
  urgentNoticeLeadMinutes: 'The time between the notice and the start of an urgent restore',
  contact: 'Whom stakeholders can ask',
  actionRequired: 'What stakeholders must do',
  requestExpiryMinutes: 'How long a request can be answered',
  executionExpiryMinutes: 'How long an agreed restore may still start',
  lossBoundMinutes: 'How much more data than agreed may be lost',
  objectives: 'How much data loss and downtime are acceptable',
  requiredFields: 'What a request must say',
  retentionDays: 'How many days Aura keeps snapshots',
  estimate: 'How long a restore is expected to take',
  dependants: 'What depends on the database, and who owns it',
  stakeholders: 'Who is told directly and may object',
  objections: 'What an objection does',
  updateMinutes: 'How often stakeholders hear of a restore that has started',
  checkNames: 'What is checked after a restore',
  receipt: 'How the loss is looked at until a restore begins',
  calendar: 'When restores may start',
  delegation: 'Whether people may hand their place over',
  reminders: 'How people are asked again while nobody answers',
  workingHours: 'When those who are asked are at work',
  language: 'The language of its messages',
  methods: 'How its data may come back',
  exports: 'Which restore points must leave Aura',
  fileLoadMinutes: 'How long a file may take until Aura loads it',
  consoleFileBytes: 'The largest file the Aura console takes',
  newInstance: 'What may be made from its snapshots',
};

const stages: Readonly<Record<Stage, string>> = {
  fallback: 'the fallback',
  'on-call': 'those on call',
};

/** One difference between the rules in force and a file. */
export const policyChange = {
  labels,
  unknown: (setting: string) => `The setting "${setting}"`,
  from: (facts: { label: string; now: string; next: string }) =>
    `${facts.label}: now ${facts.now}; then ${facts.next}.`,
  nameReused: (facts: { alias: string; now: string; next: string }) =>
    `The name ${facts.alias} would mean another database: until now ${facts.now}, then ${facts.next}.`,
  links: (facts: { now: string; next: string }) =>
    `Accounts of one person: now ${facts.now}; then ${facts.next}. Accounts that the file links count as one person already; acting for each other waits.`,
  added: (instance: string) => `${instance} is new`,
  removed: (instance: string) => `${instance} was taken out: no restore of it can be asked for`,
  environment: { production: 'production', staging: 'staging', development: 'development' },
  all: 'all databases',
  allOnCall: 'all databases whose rules name who is on call',
  everyMember: 'every full member of the workspace',
  nobody: 'nobody',
  nothing: 'nothing',
  none: 'none',
  and: 'and',
  fields: { ticket: 'ticket', 'expected-impact': 'expected-impact' },
  noField: 'nothing besides the reason',
  rule: (facts: { needed: number; name: string; people: string }) =>
    `${facts.needed} of ${facts.name} (${facts.people})`,
  denials: (needed: number) => (needed === 1 ? 'one no ends it' : `${needed} who say no end it`),
  delegation: { forbidden: 'nobody may', allowed: 'everybody who is asked may' },
  objections: { hold: 'holds the start until it is answered', tell: 'is shown, and holds nothing' },
  noReminders: 'nobody is asked again',
  noEscalation: 'nobody else is told',
  escalates: (facts: { stage: Stage; after: string; people: string }) =>
    `after ${facts.after} ${stages[facts.stage]}: ${facts.people}`,
  /** Besides those named, who is told directly. */
  andChannels: (people: string) => `${people}; and whoever is in a channel of the notices may object`,
  onlyChannels: 'nobody; whoever is in a channel of the notices may object',
  andChannel: (facts: { owners: string; place: string }) => `${facts.owners}, and whoever is in ${facts.place}`,
  owned: (facts: { name: string; owners: string }) => `${facts.name} (${facts.owners})`,
  freezeEasier: 'a freeze or holiday would be gone, or easier to override.',
  opened: (first: string) => `a start would become possible, first ${first}.`,
  gone: (parts: string) => `Would go: ${parts}.`,
  fresh: (parts: string) => `Would come: ${parts}.`,
  window: (times: string) => `window ${times}`,
  freeze: (facts: { name: string; times: string }) => `freeze ${facts.name} ${facts.times}`,
  holidays: (facts: { calendar: string; effect: 'closed' | 'frozen'; file: string }) =>
    `holidays ${facts.calendar} ${facts.effect} (file ${facts.file})`,
  onCallAs: (name: string) => `Who is on call as ${name}`,
  accountOf: (name: string) => `The Slack account of ${name}`,
  olderOnCall: 'An older answer about who is on call would count.',
  /** What the record says of a change in a word, by that word. */
  recorded: {
    'linked accounts': 'linked accounts',
    'on-call schedules and accounts': 'on-call schedules and accounts',
    removed: 'removed',
    'instance-added': 'new',
    'name-reused': 'the name would mean another database',
  },
};
