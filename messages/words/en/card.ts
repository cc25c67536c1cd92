import type { Ways } from '../ways.ts';

const about: Ways<{ person: string }> = {
  back: ({ target, person }) => `Restore of ${target}, asked for by ${person}`,
  replaced: ({ target, person }) => `Overwrite of ${target}, asked for by ${person}`,
  beside: ({ target, person }) => `New instance beside ${target}, asked for by ${person}`,
};

interface Waiting {
  what: string;
  person: string;
  missing: string | undefined;
  loss: string;
}

function asked({ what, person, missing }: Waiting): string {
  return `${what}, asked for by ${person}. ${missing ? `Still missing: ${missing}.` : 'A second person must confirm.'}`;
}

const waiting: Ways<Waiting> = {
  back: (facts) => `${asked(facts)} It would lose ${facts.loss} of data.`,
  replaced: (facts) => `${asked(facts)} Everything in ${facts.target} would be replaced.`,
  beside: (facts) => `${asked(facts)} Nothing is overwritten.`,
};

/** The card's frame: its title, its buttons and its plain text. */
export const card = {
  about,
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
  what: (facts: { id: string; deed: string }) => `${facts.id}: ${facts.deed}`,
  environments: { production: 'production', staging: 'staging', development: 'development' },
  waiting,
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
