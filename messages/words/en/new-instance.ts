import type { FailureReason } from '../../../src/restore/failure.ts';
import type { PasswordFate } from '../../../src/restore/new-instance/made-instance.ts';
import type { Status } from '../../../src/restore/state.ts';
import type { HistoryOf } from '../../../src/restore/terms.ts';

const passwordFates: Readonly<Record<PasswordFate, string>> = {
  'handed-over': 'Its one-time password was handed over when it was made. The bot does not keep it.',
  lost: '*Its one-time password is lost:* it could not be handed over, and Aura tells it only once. Look in the Aura console whether it can be reset there; if not, let this instance be removed and ask for another.',
  unknown:
    '*Its one-time password may be lost:* the answer to the create call did not come, or the bot ended before it could note that the password was handed over. If nobody has it, look in the Aura console whether it can be reset there; if not, let this instance be removed and ask for another.',
};

const ANOTHER = 'Ask for another one with `/restore` if it is still needed.';

const nextAfter: Readonly<Partial<Record<FailureReason, string>>> = {
  'restore-failed': ANOTHER,
  'instance-deleted': ANOTHER,
};

const statuses: Readonly<Partial<Record<Status, string>>> = {
  'ready-to-restore': 'Last look before the new instance is made',
  'restore-sent': 'Create call sent, waiting for its answer',
  'start-unclear': 'A person must say whether the new instance was made',
  restoring: 'Aura is making the new instance',
  verifying: 'The new instance runs, checking its data',
  completed: 'New instance made',
};

/** Instances that the bot makes from snapshots. */
export const newInstance = {
  passwordFates,
  nothingLost: (facts: { source: string; what: string; point: string }) =>
    `*Nothing is overwritten and nothing is lost.* A new instance (${facts.what}) is made beside ${facts.source}, with the data as it was ${facts.point}.`,
  untilItRuns: (time: string) => `*Expected until it runs:* ${time}.`,
  basis: {
    'rule-of-thumb': "a rule of thumb from the instance's size, since no new instance was made of it or of one like it",
    history: ({ runs, of }: { runs: number; of: HistoryOf }) =>
      `by ${runs} earlier new ${runs === 1 ? 'instance' : 'instances'} made from snapshots of ${of === 'instance' ? 'this instance' : 'instances of its type and size'}`,
  },
  timeTaken: (facts: { phases: string; expected: string }) =>
    `Time taken: ${facts.phases}. Expected until it ran: ${facts.expected}.`,
  price: (facts: { perHour: string; total: string; life: string; asOf: string }) =>
    `*Price:* ${facts.perHour} an hour, ${facts.total} for ${facts.life} (prices as of ${facts.asOf}).`,
  removal: (life: string) =>
    `*Removed:* ${life} after it was made, with everything in it. Aura cannot bring it back after that.`,
  whoSees: 'Whoever gets its password can read everything that the snapshot holds.',
  ready: (checks: string) =>
    `the new instance runs; its address is on the card. Nothing was overwritten. Data checks: ${checks}`,
  phase: 'New instance',
  submit: 'Make new instance',
  /** What a status is called where it is another than of a restore. */
  statuses,
  typeName: 'Type the name of the instance whose snapshot it is',
  previewButton: 'Look first: preview',
  previewOf: (id: string) =>
    `*Preview of ${id}:* the restore point that ${id} would go back to is looked at here before anybody decides. What is counted in it goes onto the card of ${id}.`,
  previewReason: (id: string) => `To look at the restore point of ${id} before anybody decides about it.`,
  size: 'Size of the new instance',
  sizeOption: (facts: { memory: string; perHour: string }) => `${facts.memory}, ${facts.perHour} an hour`,
  life: 'How long is it needed?',
  noSize: 'There is no size with a price for this type of instance. Ask whoever runs the bot to add it under prices.',
  spent: (facts: { spent: string; cap: string }) =>
    `*This month:* all instances that the bot makes cost ${facts.spent} so far, with what is still to come; at most ${facts.cap} are allowed.`,
  plan: {
    look: '1. Preflight: the snapshot is there and exportable, Aura offers this size, the monthly cap is kept',
    make: (facts: { what: string; at: string }) => `2. ${facts.what}, one call, ${facts.at}`,
    at: (facts: { at: string | undefined }) => (facts.at ? `at ${facts.at}` : 'as soon as confirmed'),
    password: '3. Hand its one-time password to the requester, once',
    checks: (checks: string) => `4. Check its data: ${checks}`,
    remove: (life: string) => `5. Remove it after ${life}`,
    hash: (hash: string) => `Plan ${hash}. An approval counts for exactly this plan.`,
  },
  failed: (facts: { why: string }) => `*The new instance was not made, or does not run.* ${facts.why}`,
  /** In a few words; `said` is what is said of a restore that failed in this way. */
  failure: (facts: { reason: FailureReason; why: string; said: string }) => facts.said,
  failedSource:
    'Nothing happened to the instance whose snapshot it is. If the new one exists, it is removed at its time.',
  /** What to do after a failure where it is another than for a restore: there is no safety snapshot, and "the instance" would be the source. */
  nextAfter,
  facts: (facts: { name: string; id: string; url: string | undefined; removeAt: string }) =>
    `*New instance:* ${facts.name} (${facts.id})${facts.url ? `, ${facts.url}` : ''}. To be removed ${facts.removeAt}.`,
  offerInstead:
    'Or ask for a new instance from a snapshot instead: choose "Make a new instance from a snapshot" in the form. Nothing is overwritten then.',
  problem: {
    notConfigured: 'No new instances may be made from this one. Whoever runs the bot can allow it with new_instance.',
    noPrice: (what: string) =>
      `There is no price for ${what}, and nothing is made without one. Ask whoever runs the bot to add it under prices.`,
    sizeNotAllowed: (facts: { memory: string; allowed: string }) =>
      `${facts.memory} is not allowed here. Allowed: ${facts.allowed}.`,
    tooSmall: (facts: { memory: string; source: string }) =>
      `The source has ${facts.source}, and ${facts.memory} would be too small for its data. Choose at least ${facts.source}.`,
    nothingToPreview: (id: string) =>
      `A preview shows the restore point of a request that waits for approval. ${id} does not wait any more, or it goes back to another restore point. Open the card of the request again, or ask for a new instance with \`/restore\`.`,
    livesTooLong: (longest: string) => `It may live for ${longest} at most. Choose a shorter time.`,
    overCap: (facts: { cap: string; spent: string; cost: string }) =>
      `It would cost ${facts.cost}. All instances that the bot makes cost ${facts.spent} in this month already, and ${facts.cap} are allowed. Choose a smaller size or a shorter time, or wait until another one is removed.`,
  },
  saying: {
    made: (facts: { what: string; id: string; source: string; owner: string; price: string; removeAt: string }) =>
      `${facts.what} was made for ${facts.id} from a snapshot of ${facts.source}, for ${facts.owner}. It costs ${facts.price} an hour and is removed ${facts.removeAt}.`,
    found: (facts: { what: string; id: string; source: string; removeAt: string }) =>
      `${facts.what} was found in Aura: the call that made it for ${facts.id} from a snapshot of ${facts.source} had no answer, or the bot ended before it could record the answer. Its one-time password may be lost. It is removed ${facts.removeAt}.`,
    notMade: (facts: { name: string; id: string; why: string }) =>
      `No instance ${facts.name} was made for ${facts.id}. ${facts.why} The bot goes on looking for it for two days and removes it if it comes.`,
    neverWas: (facts: { name: string; id: string; why: string }) =>
      `No instance ${facts.name} was made for ${facts.id}. ${facts.why} Nothing is left of it. Whoever makes one of that name by hand keeps it: the bot does not remove it.`,
    endsSoon: (facts: { what: string; id: string; removeAt: string }) =>
      `${facts.what}, made for ${facts.id}, is removed ${facts.removeAt} with everything in it. Copy what you still need before. If you need it for longer, ask for another one with \`/restore\`; to keep it for good, rename it in the Aura console: then the bot leaves it alone, and it goes on costing money.`,
    leftAlone: (facts: { what: string; id: string; name: string }) =>
      `${facts.what}, made for ${facts.id}, should have been removed, but Aura shows its name or place as another now ("${facts.name}"), or more than one of its name. The bot does not remove what is not as it made it. It goes on costing money: keep it, or delete it in the Aura console.`,
    removed: (facts: { what: string; id: string; at: string }) =>
      `${facts.what}, made for ${facts.id}, was removed ${facts.at}.`,
    removedLate: (due: string) =>
      `Its time was over ${due}: until now no worker of the bot ran, or Aura did not remove it. It cost money until it was gone.`,
    removedByOthers: (facts: { what: string; id: string; at: string }) =>
      `${facts.what}, made for ${facts.id}, is gone: it was deleted by somebody else, as seen ${facts.at}.`,
    stray: (facts: { what: string; isOurMark: boolean }) =>
      `${facts.what} in Aura has a name such as the bot gives, but ${facts.isOurMark ? 'no record explains it' : 'another bot made it, or this one with other records'}. It is not removed by this bot and may cost money. Look at it in the Aura console, and delete it there if nobody needs it.`,
    unreadable: (id: string) =>
      `The record of the instance that the bot made for ${id} cannot be read. While that is so, the instance is not removed at its time and costs money, and no other instance is made. Look in the Aura console for an instance with that id in its name, delete it there if nobody needs it, and ask the bot's operator to mend or remove the record (\`made\` in Redis). The others are removed as planned.`,
  },
  password: (facts: { name: string; user: string; password: string; url: string | undefined }) =>
    `Only you see this, and only once: it is gone when Slack is loaded again. The new instance ${facts.name}${facts.url ? ` at ${facts.url}` : ''}: user ${facts.user}, password ${facts.password}. Save it in your secret store now.`,
};
