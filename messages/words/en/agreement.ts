/** Who is asked, who has said what, and what is still missing. */
export const agreement = {
  /** What the rules are called that the bot names itself. */
  ofBot: { approvers: 'approvers', override: 'freeze override' },
  toConfirmOrDeny: (people: string) => `*To confirm or deny:* ${people}`,
  asked: (people: string) => `*Asked:* ${people}`,
  stillMissing: (what: string) => `*Still missing:* ${what}`,
  nobody: 'nobody',
  mustAgree: '*Must agree, each person for one rule only:*',
  endsIt: (facts: { needed: number; soFar: number }) =>
    `*Ends it:* a no of ${facts.needed} people; ${facts.soFar} so far`,
  no: (facts: { by: string; at: string; why: string }) => `✗ No by ${facts.by} ${facts.at}: ${facts.why}`,
  missing: (rule: string) => rule,
  partly: (facts: { soFar: number; needed: number; rule: string }) => `${facts.soFar} of ${facts.needed} ${facts.rule}`,
  rule: (facts: { isFilled: boolean; name: string; soFar: number; needed: number; agreed: string; asked: string }) =>
    `${facts.isFilled ? '✓' : '…'} ${facts.name}, ${facts.soFar} of ${facts.needed}: ${facts.agreed ? `agreed ${facts.agreed}` : 'nobody yet'}. Asked: ${facts.asked}`,
  spare: (people: string) => `Agreed too, not needed so far: ${people}`,
  /** What a yes would do. */
  effect: {
    only: 'With your agreement the bot notifies the stakeholders and begins, or waits for the planned start.',
    last: 'Your agreement is the last one needed: the bot notifies the stakeholders and begins, or waits for the planned start.',
    counts: (facts: { rule: string; soFar: number; needed: number; missing: string }) =>
      `Your agreement counts for "${facts.rule}" (${facts.soFar} of ${facts.needed}). Nothing begins yet. Still missing then: ${facts.missing}.`,
    reserve: (facts: { rules: readonly string[]; missing: string }) =>
      `"${facts.rules.join('", "')}" has all it needs already; yours is kept in reserve. Nothing begins yet. Still missing then: ${facts.missing}.`,
  },
};
