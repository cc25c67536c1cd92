/** The form of a no. */
export const denial = {
  title: (id: string) => `Deny ${id}`,
  submit: 'Deny',
  close: 'Back',
  whatHappens: (facts: { deed: string; requester: string; denialsNeeded: number }) =>
    `The ${facts.deed}, asked for by ${facts.requester}, will not happen${facts.denialsNeeded > 1 ? ` when ${facts.denialsNeeded} people have said no` : ''}.`,
  why: 'Why not?',
  whyHint: 'The requester sees this.',
};
