/** The card's frame: its title, its buttons and its plain text. */
export const card = {
  about: (facts: { name: string; auraId: string; by: string }) =>
    `Restore of ${facts.name} (${facts.auraId}), asked for by ${facts.by}`,
  policy: (hash: string) => `Policy ${hash}`,
  buttons: {
    approve: 'Approve…',
    deny: 'Deny…',
    look: 'I am looking',
    takeBack: 'Take my vote back',
    edit: 'Edit…',
    nudge: 'Nudge',
    withdraw: 'Withdraw',
    stop: 'Stop before the restore',
    itRan: 'It ran: check the data',
    itDidNotRun: 'It did not run: close',
  },
  what: (facts: { id: string; alias: string; environment: string; goal: string }) =>
    `${facts.id}: restore of ${facts.alias} (${facts.environment}) to ${facts.goal}`,
  environments: { production: 'production', staging: 'staging', development: 'development' },
  waiting: (facts: { what: string; by: string; missing: string | undefined; loss: string }) =>
    `${facts.what}, asked for by ${facts.by}. ${facts.missing ? `Still missing: ${facts.missing}.` : 'A second person must confirm.'} It would lose ${facts.loss} of data.`,
  failed: (facts: { what: string; why: string }) => `${facts.what} failed: ${facts.why}`,
  completed: (facts: { what: string; checks: string }) => `${facts.what} is complete. Checks: ${facts.checks}.`,
  /** What the plain text calls the outcome of the checks. */
  checks: {
    'not-started': 'not-started',
    running: 'running',
    passed: 'passed',
    warned: 'warned',
    failed: 'failed',
    error: 'error',
    'not-run': 'not-run',
  },
  other: (facts: { what: string; status: string }) => `${facts.what}. ${facts.status}.`,
};
