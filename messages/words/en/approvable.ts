/** Whether enough people can approve, where nobody could find out when it was asked for or changed. */
export const approvable = {
  noAnswer: (schedules: string | undefined) =>
    schedules
      ? `Slack, or the service that knows who is on call (${schedules}), did not answer in time`
      : 'Slack did not say in time who those people are',
  onCallUnknown: (schedules: string) => `nobody could find out who is on call (${schedules})`,
  tooMany: 'more people are named than the bot reads at one time, and those it read were not enough',
  card: {
    unchecked: (facts: { at: string; because: string; looksAgain: boolean }) =>
      `*Whether enough people can approve this could not be checked* ${facts.at}, because ${facts.because}. ${facts.looksAgain ? 'The bot looks again by itself, every few minutes. ' : ''}Who cannot be looked up when they decide cannot decide.`,
    short: (facts: { at: string; short: string }) =>
      `*Not enough people can approve this:* ${facts.short}, as seen ${facts.at}. The requester, guests, bots and inactive accounts do not count, and each person counts once. Ask the bot's operator to name more people, or withdraw it. The bot looks again by itself, about every quarter of an hour.`,
  },
  direct: {
    unchecked: (facts: { at: string; because: string; looksAgain: boolean }) =>
      `it waits for approval, but whether enough people can approve it could not be checked ${facts.at}, because ${facts.because}. ${facts.looksAgain ? 'The bot looks again by itself, and you hear of what it finds.' : 'If nobody answers, talk to one of them directly.'}`,
    short: (facts: { at: string; short: string }) =>
      `not enough people can approve it: ${facts.short}, as seen ${facts.at}. You, guests, bots and inactive accounts do not count, and each person counts once. As it is, it can only expire: ask the bot's operator to name more people, or withdraw it on its card. The bot looks again by itself, about every quarter of an hour.`,
    enough: (at: string) =>
      `whether enough people can approve it was not known, or not enough could. It was looked at again ${at}: enough can. Nothing is left for you to do about that.`,
  },
};
