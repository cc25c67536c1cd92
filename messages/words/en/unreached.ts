interface Facts {
  readonly place: string;
  readonly why: string;
  /** The reason as Slack or the bot records it. */
  readonly code: string;
}

const byHand = (place: string) => `Until then, tell those who read ${place} by hand.`;

/** A notice to stakeholders that could not be delivered, for those who can mend it. */
export const unreached = {
  not: {
    planned: ({ place, why, code }: Facts) => `${place} could not be told of this restore: ${why} (${code}).`,
    outcome: ({ place, why, code }: Facts) => `${place} could not be told how this restore ended: ${why} (${code}).`,
    late: ({ place, why, code }: Facts) =>
      `${place} could not be told that this restore starts late: ${why} (${code}).`,
    'put-off': ({ place, why, code }: Facts) =>
      `${place} could not be told that the start of this restore was put off: ${why} (${code}).`,
  },
  maybe: {
    planned: ({ place, code }: Facts) =>
      `nobody knows whether ${place} was told of this restore: Slack's answer was lost (${code}). Look there.`,
    outcome: ({ place, code }: Facts) =>
      `nobody knows whether ${place} was told how this restore ended: Slack's answer was lost (${code}). Look there.`,
    late: ({ place, code }: Facts) =>
      `nobody knows whether ${place} was told that this restore starts late: Slack's answer was lost (${code}). Look there.`,
    'put-off': ({ place, code }: Facts) =>
      `nobody knows whether ${place} was told that the start of this restore was put off: Slack's answer was lost (${code}). Look there.`,
  },
  why: {
    archived: 'the channel is archived',
    notFound: 'the channel was deleted, or it is private and the bot is not in it',
    notInside: 'the bot is not in the channel',
    other: 'it was not delivered',
  },
  next: {
    archived: (place: string) =>
      `Somebody can unarchive it in Slack, or the bot's operator can name another channel. ${byHand(place)}`,
    notFound: (place: string) =>
      `Somebody in it can invite the bot, or the bot's operator can name another channel. ${byHand(place)}`,
    notInside: (place: string) => `Somebody in it can invite the bot. ${byHand(place)}`,
    other: (place: string) => `The bot's operator can look at the log. ${byHand(place)}`,
  },
  tellPerson: (person: string) => `Tell ${person} by hand.`,
  startsAnyway: (at: string) =>
    `The restore goes on without it and starts ${at}; this notice is not sent again. "Stop before the restore" on the card still stops it.`,
  waits:
    'The start is put off all the same: the restore does not start before everybody has agreed anew. This notice is not sent again.',
  goesOn: 'The restore goes on without it; this notice is not sent again.',
  isOver: 'The restore is over; this notice is not sent again.',
};
