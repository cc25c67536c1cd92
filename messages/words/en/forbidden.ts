/** What was asked for, and the rules do not allow any more. */
export const forbidden = {
  what: {
    instance:
      'The instance, or the one that its data was to come from, is no longer in the rules. Nobody can ask for a restore of it until it is in them again.',
    method: (name: string) => `The rules of the instance no longer allow this way: "${name}".`,
    test: 'It was asked for as a test of the rollback, and the instance counts as production by now: production is not tested so.',
    newInstances: 'The rules of the instance no longer allow new instances from its snapshots.',
    size: (memory: string) => `The rules of the instance no longer allow new instances with ${memory}.`,
    lifetime: (facts: { readonly longest: string; readonly asked: string }) =>
      `A new instance may live for ${facts.longest} at most by now, and this one was to live for ${facts.asked}.`,
  },
  refused: (why: string) =>
    `Nothing was agreed to: the rules were changed after this was asked for. ${why} The requester can withdraw it and ask anew for what the rules allow. Those who are asked can still deny it.`,
};
