/** A yes that depends on something. */
export const proviso = {
  onCondition: 'Only on this condition',
  onConditionHint:
    'With a condition or a later start your agreement counts once the requester accepts it. Nothing begins before.',
  onStart: 'Only with a start not before',
  onStartHint: 'In your own time zone. Once accepted, it is the planned start.',
  /** What a yes does while the planned start is not possible. */
  onlyLater:
    'Your agreement counts only with a later start: fill in "Only with a start not before". The requester must accept it; nothing begins before that.',
  condition: (condition: string) => `on the condition "${condition}"`,
  notBefore: (at: string) => `not before ${at}`,
  and: ' and ',
  of: (person: string) => `of ${person}`,
  waits: (facts: { requester: string; voter: string; what: string; movesStart: boolean }) =>
    `*Waits for ${facts.requester}:* ${facts.voter} agrees ${facts.what}. This counts once ${facts.requester} accepts it.${facts.movesStart ? ' Accepting it moves the planned start to that time: everybody else who has decided is then asked anew, unless they asked for the same start.' : ''}`,
  accept: 'Accept',
  decline: 'Decline',
  accepted: (facts: { voter: string; what: string; at: string }) =>
    `${facts.voter} agreed ${facts.what}; the requester accepted that ${facts.at}.`,
  agrees: (facts: { voter: string; what: string }) => `${facts.voter} agrees ${facts.what}`,
  asked: (all: string) =>
    `${all}. It counts once you accept it on the card. If you decline, it falls, and they are told.`,
  settledAlready: 'somebody agreed under a condition, and that is settled already.',
  declined: (facts: { by: string; what: string }) =>
    `${facts.by} did not accept what your agreement depended on (${facts.what}), so it no longer counts. You may decide anew on the card.`,
  declinedShort: 'your agreement fell: what it depended on was not accepted.',
  gone: 'Nothing was changed: that agreement is no longer there, counts already, or its giver may not decide any more. The card shows what stands.',
};
