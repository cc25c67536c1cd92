import type { InstanceCondition } from '../../../src/restore/failure.ts';
import type { Ways } from '../ways.ts';

/** The lines of the operations guide's templates. Their order and wording are the template's and are not to be changed. */
const labels = {
  When: 'When',
  Duration: 'Duration',
  Impact: 'Impact',
  Reason: 'Reason',
  'Last Data Point': 'Last Data Point',
  'Data Loss': 'Data Loss',
  Late: 'Late',
  Why: 'Why',
  Status: 'Status',
  'Next Step': 'Next Step',
  'Completion Time': 'Completion Time',
  'End Time': 'End Time',
  'Data State': 'Data State',
  'Action Required': 'Action Required',
};

const UNKNOWN = () => 'Not known yet: the team is finding out';
const BROKEN = () => 'The database is not available: the team is working on it';

const dataState: Readonly<Record<InstanceCondition, Ways>> = {
  unchanged: {
    back: () => 'Unchanged: nothing was rolled back',
    replaced: () => 'Unchanged: nothing was overwritten',
    beside: () => 'Unchanged',
  },
  restored: {
    back: () => 'Rolled back',
    replaced: ({ by }) => `Overwritten with ${by}`,
    beside: () => 'Unchanged',
  },
  unknown: { back: UNKNOWN, replaced: UNKNOWN, beside: () => 'Unchanged' },
  broken: { back: BROKEN, replaced: BROKEN, beside: () => 'Unchanged' },
};

const impact: Ways<{ hours: string }> = {
  back: ({ hours }) => `Database unavailable, ${hours} hours of data will be rolled back`,
  replaced: ({ target }) => `Database unavailable, everything in ${target} will be overwritten`,
  beside: ({ target }) => `None on ${target}: a new instance is made beside it`,
};

const lastDataPoint: Ways = {
  back: ({ point }) => point,
  replaced: ({ by }) => by,
  beside: ({ point }) => point,
};

const dataLoss: Ways = {
  back: ({ point }) => `All changes after ${point} will be lost`,
  replaced: ({ target, by }) => `Everything in ${target} is replaced by ${by}; what is not in there is lost`,
  beside: () => 'None',
};

const expectLoss: Ways = {
  back: () => '- Expect newer data to be gone and the service to be interrupted now',
  replaced: ({ target }) =>
    `- Expect the data of ${target} to be replaced by other data and the service to be interrupted now`,
  beside: () => '- Expect nothing to change in the database',
};

const restoredState: Ways = {
  back: ({ point }) => `Restored to ${point}`,
  replaced: ({ by }) => `Overwritten with ${by}`,
  beside: () => 'Unchanged',
};

const unannounced: Ways<{ begunAt: string | undefined }> = {
  back: ({ point, begunAt }) =>
    `It was a restore of the database to its state of ${point}${begunAt ? `, begun ${begunAt}` : ''}.`,
  replaced: ({ by, begunAt }) =>
    `It was an overwrite of the database with ${by}${begunAt ? `; it began ${begunAt}` : ''}.`,
  beside: ({ point, begunAt }) =>
    `It was a new instance from the snapshot of ${point}${begunAt ? `, begun ${begunAt}` : ''}.`,
};

/** After which instance it is about, where the lines of the template do not say what is done to it. */
const about: Ways<{ about: string }> = {
  back: (facts) => facts.about,
  replaced: (facts) => `${facts.about}: overwrite with ${facts.by}`,
  beside: (facts) => `${facts.about}: new instance from the snapshot of ${facts.point}`,
};

/** What stakeholders are told in their channels. */
export const notices = {
  labels,
  about: (facts: { alias: string; name: string; environment: string; id: string }) =>
    `Database ${facts.alias} (${facts.name}), ${facts.environment} · restore ${facts.id}`,
  aboutWhat: about,
  impact,
  lastDataPoint,
  dataLoss,
  reason: (facts: { label: string; text: string }) => `${facts.label}. ${facts.text}`,
  planned: {
    title: 'PLANNED MAINTENANCE: Database Restore Operation',
    begun: (at: string) => `Has begun already, ${at}; this notice comes late`,
    missed: (plannedAt: string) => `At any moment; it was planned for ${plannedAt} and starts late`,
    duration: (hours: string) => `Estimated ${hours} hours`,
    please: 'Please:',
    lostUntilLoaded:
      'What is written from the start of the maintenance until the file is loaded is lost, too, and no snapshot can bring it back',
    expectLoss,
    saveBefore: (at: string) => `- Save work before ${at}`,
    saveAtOnce: '- Save work elsewhere at once',
    planForIt: '- Plan for service interruption',
    contact: (contact: string) => `- Contact ${contact} with concerns`,
  },
  late: {
    title: 'MAINTENANCE LATE: Database Restore Operation',
    when: (plannedAt: string) => `At once; it was planned for ${plannedAt}`,
    whenStill: (plannedAt: string) => `When what holds it up is over; it was planned for ${plannedAt}`,
    whenBegun: (facts: { begunAt: string; plannedAt: string }) =>
      `Has begun already, ${facts.begunAt}; it was planned for ${facts.plannedAt}`,
    why: (why: string) => why,
    please: (contact: string) => `Please save work elsewhere at once, and contact ${contact} with concerns`,
    pleaseBegun: (contact: string) => `How it ends follows here. Please contact ${contact} with concerns`,
  },
  putOff: {
    title: 'MAINTENANCE PUT OFF: Database Restore Operation',
    when: (at: string) => `Put off ${at}`,
    status: 'The restore did not begin; it has changed no data',
    reason: (why: string) => why,
    next: 'The restore has to be agreed to again. It does not begin unless it is announced again here',
    contact: (contact: string) => `Contact ${contact} with questions`,
  },
  completed: {
    title: 'MAINTENANCE COMPLETE: Database Restore Finished',
    dataState: restoredState,
    please: (contact: string) => `Please verify your data and report any issues to ${contact}`,
    restored: 'Service restored',
    checksFailed: (facts: { bad: number; of: number }) =>
      `Service restored, but ${facts.bad} of ${facts.of} data checks did not pass; the team is looking into it`,
    notChecked: 'Service restored; the data was not checked automatically',
  },
  ended: {
    title: 'MAINTENANCE ENDED: Database Restore Not Completed',
    dataState,
    nothingToDo: 'None because of this maintenance',
    wait: (contact: string) => `Wait for word from ${contact}`,
    contact: (contact: string) => `Please contact ${contact} with concerns`,
    cancelled: 'Cancelled before the restore began',
    lapsed: 'Not started in time; the maintenance is off',
    failed: (why: string) => `The restore did not complete: ${why}`,
    off: 'The maintenance is off',
  },
  untold: 'The notice before this maintenance could not be posted here in time.',
  perhapsUntold: 'Nobody knows whether the notice before this maintenance arrived here.',
  unannounced,
  unannouncedReason: (facts: { label: string; text: string }) => `Reason: ${facts.label}. ${facts.text}`,
};
