/** Rules of the bot itself that a new file would loosen. */
export const policy = {
  refusal: {
    notBound:
      'Nothing was changed: only those whom the rule in force names can agree to a looser one. They stand on the card.',
    decided: (facts: { status: 'agreed' | 'refused' | 'replaced' | 'expired'; at: string }) =>
      `Nothing was changed: this ${facts.status === 'expired' ? 'had' : 'was'} ${facts.status} ${facts.at}. The card says what holds now.`,
    unknown: 'Nothing was changed: this proposal is not known any more. Look for a newer card in this channel.',
    answeredAlready: (facts: { isYes: boolean; at: string }) =>
      `Nothing was changed: you have ${facts.isYes ? 'agreed' : 'refused'} already, ${facts.at}, and one person is one answer.`,
    othersUnreadable:
      'Nothing was changed: Slack did not say in time whether those who agreed before you still may, and yours would be the last answer. Try once more in a minute.',
  },
};
