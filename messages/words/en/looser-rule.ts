type Status = 'open' | 'agreed' | 'refused' | 'replaced' | 'expired';

const status: Readonly<Record<Status, string>> = {
  open: 'waits for agreement',
  agreed: 'agreed to, in force',
  refused: 'refused',
  replaced: 'replaced by another file',
  expired: 'expired unanswered',
};

/** The card of a looser rule that waits. */
export const looserRule = {
  status,
  heading: (facts: { number: number; status: Status }) => `Looser rule ${facts.number} · ${status[facts.status]}`,
  proposed: (facts: { at: string; about: string }) =>
    `The bot was started ${facts.at} with a configuration file that would loosen a rule of *${facts.about}*. Who changed the file is not known to the bot.`,
  looser: '*What would become looser*',
  notification: (facts: { number: number; about: string; status: Status }) =>
    facts.status === 'open'
      ? `Looser rule ${facts.number}: the configuration file would loosen a rule of ${facts.about}. It waits until those whom the rule binds have agreed.`
      : `Looser rule ${facts.number} of ${facts.about}: ${status[facts.status]}.`,
  mustAgree: (facts: { people: string; needed: number }) =>
    `*Who must agree:* those who are bound by the rule that is in force, and at least ${facts.needed} different people: ${facts.people}`,
  ruleLine: (facts: { rule: string; agreed: number; needed: number; who: string }) =>
    `${facts.rule}, ${facts.agreed} of ${facts.needed}: ${facts.who}`,
  agreed: (people: string) => `agreed ${people}`,
  nobodyYet: 'nobody yet',
  answers: (answers: string | undefined) => `*Answers so far:* ${answers ?? 'none'}`,
  answer: (facts: { by: string; isYes: boolean; at: string }) =>
    `${facts.by} ${facts.isYes ? 'agrees' : 'refuses'} (${facts.at})`,
  states: {
    open: (expiresAt: string) =>
      `Until then the tighter rule stays in force, for every request. Without enough answers this expires ${expiresAt}. Requests that are open when it changes keep the rules they were asked under. To take it back, change the file and start the bot again.`,
    agreed: (at: string) =>
      `In force since ${at}, for requests from then on. Requests that were open keep the rules they were asked under.`,
    refused: (facts: { at: string; by: string }) =>
      `Refused ${facts.at} by ${facts.by}. The tighter rule stays in force. The file still says otherwise: correct it, or it is proposed again when it changes.`,
    expired: (at: string) =>
      `Expired ${at}: not enough people had answered. The tighter rule stays in force, and no answer counts any more. The file still says otherwise: it is proposed again when the bot is started with it.`,
    replaced: (at: string) =>
      `The file was changed again ${at}. Answers to this one count no longer; what is looser in the new file is asked anew.`,
  },
  proposal: (hash: string) => `Proposal ${hash}. An answer counts for exactly this.`,
  agree: {
    label: 'Agree to the looser rule',
    title: (number: number) => `Agree to looser rule ${number}?`,
    text: (about: string) =>
      `The rule of ${about} becomes looser when enough people have agreed. You cannot take this back.`,
  },
  refuse: {
    label: 'Refuse',
    title: (number: number) => `Refuse looser rule ${number}?`,
    text: (about: string) => `The rule of ${about} stays as it is. You cannot take this back.`,
  },
  back: 'Back',
};
