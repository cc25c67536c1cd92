import type { AdviceReason, DataPlace } from '../../../src/restore/advice.ts';
import type { Method } from '../../../src/restore/plan.ts';

const reasons: Readonly<Record<AdviceReason, string>> = {
  'snapshot-in-retention': 'Aura keeps a usable snapshot, and nothing is faster',
  'snapshot-unknown': 'Aura has not said for every day whether it keeps a snapshot; if there is one, nothing is faster',
  'no-snapshot': 'Aura keeps no usable snapshot of that moment',
  'keeps-present': 'the present state stays as it is',
  rehearsal: 'a rehearsal destroys nothing beside what people work with',
  'another-instance': 'the data is in another instance',
  'in-a-file': 'the data is in a backup file',
  compliance: 'a certain archived backup is asked for',
  automated: 'it must run without a person at the console',
  'too-large-for-console': 'the file is larger than the console takes',
  'file-by-hand': 'the console takes a file of this size without further tools',
};

const limits: Readonly<Record<Method, string>> = {
  'restore-snapshot': 'Only as far back as Aura keeps snapshots, and all or nothing: no part of the data alone.',
  overwrite: 'Everything in the target is replaced, and it must not be smaller than the source.',
  'backup-file': 'It takes longer, depends on the network, and a person must be at the Aura console.',
  upload: 'It takes longer, and needs a worker with neo4j-admin and the file in a configured directory.',
  'new-instance': 'It costs money until it is removed, and applications must be pointed at it.',
};

const places: Readonly<Record<DataPlace, string>> = {
  'own-snapshot': 'In a snapshot of this instance',
  'another-instance': 'In another Aura instance',
  file: 'In a backup file outside of Aura',
};

/** Which way of getting data back fits. */
export const advice = {
  reasons,
  limits,
  title: 'Which way back?',
  close: 'Close',
  looking: 'Asking Aura about the instance and its snapshots…',
  where: 'Where is the data?',
  places,
  at: 'Back to which moment?',
  atHint: 'Left empty: the newest snapshot will do.',
  needs: 'What must hold?',
  keepsPresent: 'The present state must be kept as it is',
  isForCompliance: 'A certain archived backup is required (compliance)',
  isAutomated: 'It must run without a person at the Aura console',
  fileSize: 'Size of the file in GB',
  advised: (facts: { method: string; alias: string }) => `*Advice for ${facts.alias}: ${facts.method}.*`,
  because: (why: string) => `*Because* ${why}.`,
  limit: (limit: string) => `*Keep in mind:* ${limit}`,
  takes: (time: string) => `*Expected time:* ${time}.`,
  forbidden: (methods: string) =>
    `*Would fit better, but the rules of this instance or its tier do not allow it:* ${methods}.`,
  none: (methods: string) =>
    `*None of the ways that fit is allowed for this instance.* ${methods} would. Ask the operator of the bot to allow it under \`methods\`, or change what must hold.`,
  noneAllowed: 'None of the ways that fit is allowed for this instance. Change what must hold.',
  nothingKeeps: (alias: string) =>
    `*No way brings this into ${alias} and keeps its present state:* each of them replaces what is there. Load it into another instance: one that may be replaced, or a new one made in the Aura console. Ask for that with \`/restore\` and its name, or change what must hold.`,
  nothingKeepsShort:
    'No way brings this in and keeps the present state. Load it into another instance, or change what must hold.',
  snapshots: (facts: { status: string; count: number; newest: string | undefined; isWhole: boolean }) =>
    `Aura reports the instance as "${facts.status}" and keeps ${facts.isWhole ? '' : 'at least '}${facts.count} usable snapshots${facts.newest ? `, the newest of ${facts.newest}` : ''}.${facts.isWhole ? '' : ' It did not answer for every day: there may be more.'}`,
  ask: 'Ask for this…',
  formAdvice: (facts: { method: string; why: string }) => `*Advice:* ${facts.method}, because ${facts.why}.`,
  formLimit: (limit: string) => `*Its limits:* ${limit}`,
  whyOther: 'Why another way than advised?',
  unexplained: (advised: string) =>
    `By what was seen of the instance just now, another way is advised: ${advised}. Take that one, or say in the form why not, and send it again.`,
  card: (facts: { advised: string; why: string }) => `*Another way than advised (${facts.advised}):* ${facts.why}`,
};
