/** A place handed over for a time. */
export const delegation = {
  voter: (facts: { by: string; standingInFor: string }) => `${facts.by} for ${facts.standingInFor}`,
  askedToo: (facts: { to: string; from: string; until: string }) =>
    `${facts.to} for ${facts.from} until ${facts.until}`,
  allAskedToo: (people: string) => `*Asked too, standing in:* ${people}`,
  for: (person: string) => `*For ${person}:*`,
  forLine: (line: number) => `For the person in line ${line}`,
  inOwnRight: 'In my own right',
  iAgree: 'I agree',
  oneVote: 'You have one vote. The places stand above, in this order.',
  alreadyVoted: (facts: { isYes: boolean; voter: string; at: string }) =>
    `Nothing was changed: ${facts.voter} has ${facts.isYes ? 'agreed' : 'said no'} already, ${facts.at}, and one place is one vote. Either of the two can take it back on the card.`,
  notYourPlace: (facts: { of: string; asked: string }) =>
    `Nothing was changed: you do not stand in for ${facts.of}, or not any more, or they may not decide about this restore themselves.${facts.asked}`,
  title: 'Hand your place over',
  submit: 'Hand over',
  close: 'Close',
  what: 'Somebody else can agree or say no for you for a time, wherever you may decide yourself. You and they together are one vote. They cannot hand it on, cannot decide about what they or you asked for, and can do nothing that you could not do yourself at that moment.',
  given: (facts: { to: string; from: string | undefined; until: string }) =>
    `${facts.to} stands in for you${facts.from ? ` from ${facts.from}` : ''} until ${facts.until}.`,
  held: (facts: { of: string; from: string | undefined; until: string }) =>
    `You stand in for ${facts.of}${facts.from ? ` from ${facts.from}` : ''} until ${facts.until}.`,
  takeBack: 'Take it back',
  handBack: 'Hand it back',
  toWhom: 'To whom',
  from: 'From',
  until: 'Until',
  hint: 'In your own time zone. It ends by itself; either of you can end it before.',
  done: (facts: { id: string; to: string; from: string | undefined; until: string }) =>
    `${facts.to} stands in for you${facts.from ? ` from ${facts.from}` : ''} until ${facts.until} (${facts.id}). The bot tells them. \`/restore delegate\` and the bot's home show it and end it.`,
  told: {
    handedOver: (facts: { id: string; owner: string; from: string | undefined; until: string }) =>
      `${facts.owner} has handed their place to you (${facts.id}): ${facts.from ? `from ${facts.from} ` : ''}until ${facts.until} you can agree or say no for them, wherever they may decide themselves. You and they together are one vote, and you cannot hand the place on. The card of each request says what is asked. \`/restore delegate\` and the bot's home show the place and hand it back.`,
    endedForHolder: (facts: { id: string; owner: string; until: string; by: string; at: string }) =>
      `You do not stand in for ${facts.owner} any more (${facts.id}): ${facts.by} ended it ${facts.at}; it would have lasted until ${facts.until}. A yes that you gave for them falls when the next person votes, unless the restore is approved already. There is nothing for you to do.`,
    endedForOwner: (facts: { id: string; holder: string; until: string; by: string; at: string }) =>
      `${facts.holder} does not stand in for you any more (${facts.id}): ${facts.by} ended it ${facts.at}; it would have lasted until ${facts.until}. A yes that they gave for you falls when the next person votes, unless the restore is approved already. You decide yourself again; \`/restore delegate\` hands your place to somebody else.`,
  },
  choosePerson: 'Choose the person.',
  chooseStart: 'Choose when it begins.',
  chooseEnd: 'Choose when it ends.',
  refusal: {
    noPlace:
      'Nothing was changed: you are not among those who may decide about any instance, or where you are, the configuration does not let places be handed over.',
    samePerson: 'Nothing was changed: that is an account of your own. Choose another person.',
    notAble: (person: string) =>
      `Nothing was changed: ${person} cannot decide about restores. Guests, bots, inactive accounts and people of other workspaces never can, and whom Slack does not know in time counts as none. Choose another person, or try once more in a minute.`,
    inThePast: 'Nothing was changed: this beginning is in the past. Choose a later one, or leave it as it was offered.',
    endsTooSoon: 'Nothing was changed: the end must come after the beginning, and after now.',
    tooLong: (days: number) =>
      `Nothing was changed: a place can be handed over for ${days} days at most. For longer, ask the bot's operator to name the other person.`,
    notYours: 'Nothing was changed: only the two people of a delegation can end it.',
    over: 'Nothing was changed: this delegation is over already.',
  },
};
