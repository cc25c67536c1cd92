/** The form of a no. */
export const denial = {
  title: (id: string) => `Deny ${id}`,
  submit: 'Deny',
  close: 'Back',
  whatHappens: (facts: { alias: string; point: string; requester: string; denialsNeeded: number }) =>
    `The restore of ${facts.alias} to ${facts.point}, asked for by ${facts.requester}, will not happen${facts.denialsNeeded > 1 ? ` when ${facts.denialsNeeded} people have said no` : ''}.`,
  why: 'Why not?',
  whyHint: 'The requester sees this.',
};
