import type { Reminder } from '../../../src/restore/reminded.ts';

const done: Readonly<Record<Reminder['kind'], string>> = {
  reminder: 'reminded',
  nudge: 'nudged by the requester',
  fallback: 'told, because nobody had decided',
  'on-call': 'told, because nobody had decided',
};

/** How people are asked while they do not answer: clocks, reminders, nudges, escalations, urgency. */
export const asking = {
  clocks: (facts: { until: string; lapsesAfter: string }) =>
    `*Answer until:* ${facts.until}. No answer is a no. An agreement lapses when the restore has not started ${facts.lapsesAfter} after its start time.`,
  urgent: '*Urgent:* people may be asked at any hour, also outside of their working hours.',
  reminded: (facts: { times: string; inWorkingHours: boolean }) =>
    `*Who has not answered is reminded* after ${facts.times}${facts.inWorkingHours ? ', in the working hours of each' : ''}, in this card's thread.`,
  escalates: (facts: { after: string; people: string; may: string }) =>
    `*After ${facts.after} also told:* ${facts.people}. ${facts.may}`,
  escalated: (facts: { people: string; may: string }) => `*Escalated:* ${facts.people}. ${facts.may}`,
  notFoundOut: (schedules: string) =>
    `*It could not be found out who is on call* (${schedules}): only the people and groups that the configuration names count until that is known.`,
  mayThen: (rules: readonly string[]) =>
    `They may then agree as well, as ${rules.join(' and ')}; as many people are needed as before.`,
  mayNow: (rules: readonly string[]) =>
    `They may now agree as well, as ${rules.join(' and ')}; as many people are needed as before.`,
  onlyTold: 'They are told only and cannot decide.',
  askedAgain: (facts: { at: string; people: string; kind: Reminder['kind']; next: string | undefined }) =>
    `*Asked again* ${facts.at}: ${facts.people} ${done[facts.kind]}.${facts.next ? ` Next ${facts.next}.` : ''}`,
  reminder: (people: string) => `${people}: it still waits for an answer. Please approve or deny it on the card above.`,
  nudge: (people: string) =>
    `${people}: the requester asks you to answer. Please approve or deny it on the card above.`,
  newlyAsked: (people: string) =>
    `${people}: you are asked as well now, because the plan or the rules have changed since this was requested. Please read the card above, and approve or deny it there.`,
  escalation: (facts: { people: string; role: string }) =>
    `${facts.people}: nobody has decided about it yet. ${facts.role}`,
  escalatedToYou: (role: string) => `nobody has decided about it yet, so you are told. ${role}`,
  youMay: (rules: readonly string[]) =>
    `You may agree now, as ${rules.join(' and ')}, or deny it. As many people are needed as before.`,
  youAreTold: 'You cannot decide about it yourself: please find somebody who can.',
  stillMissing: (what: string) => `Still missing: ${what}.`,
  until: (at: string) => `It can be answered until ${at}. No answer is a no.`,
  answered: 'it was asked once more, and is answered.',
  nudged: (facts: { people: string; id: string; deed: string }) =>
    `Nudged in the card's thread: ${facts.people}. Whoever has answered, is looking, or is not at work now is left alone (${facts.id}, ${facts.deed}).`,
  nudgedLately: (until: string) => `Nobody was nudged: you did so a moment ago. You can again ${until}.`,
  nudgedEnough: (most: number) =>
    `Nobody was nudged: you can do so ${most === 1 ? 'once' : `${most} times`} after people were asked, and have. Talk to one of them directly.`,
  nobodyToNudge: (from: string | undefined) =>
    `Nobody was nudged: none of those who are missing is at work now, or they are looking already. ${from ? `The first may be asked ${from}.` : 'Talk to one of them directly.'}`,
  urgency: 'Urgency',
  urgentBox: 'Urgent: people may be asked at any hour',
  urgentBoxMore: 'Also outside of their working hours, so they may be woken',
  nobodyAtWork: (facts: { expiresAfter: string; firstAt: string }) =>
    `*Nobody who is asked is at work before this request expires*, ${facts.expiresAfter} after it is sent; the first is at work ${facts.firstAt}. If it cannot wait, check "Urgent" or talk to somebody directly.`,
};
