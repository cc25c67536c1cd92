/** What the preflight says of what the data comes from. */
const looked = { snapshot: 'the snapshot is usable', file: 'the file is the one above' };

/** What a second person needs to know to decide. */
export const request = {
  reason: (label: string) => `Reason: ${label}`,
  ticket: (ticket: string) => `*Ticket:* ${ticket}`,
  expectedImpact: (impact: string) => `*Expected impact:* ${impact}`,
  willBeTold: (channels: string) => `*Will be told:* ${channels}`,
  dependsOnIt: (dependants: string) => `*Depends on it:* ${dependants}`,
  looking: (facts: { by: string; until: string }) =>
    `*Looking:* ${facts.by}, until ${facts.until}. Anybody who is asked may still decide.`,
  shorterLead: (facts: { lead: string; usual: string }) =>
    `*Shorter notice, because it is urgent:* at least ${facts.lead} before the start, instead of ${facts.usual}.`,
  inFreeze: (facts: { freezes: string; reason: string }) =>
    `*Starts in a freeze, with an override:* ${facts.freezes}. Why it cannot wait: "${facts.reason}"`,
  overrideAsks: (people: string) => `*Must agree to the override as well:* ${people}`,
  overrideAsksNobody: 'nobody, so it cannot be confirmed',
  lost: (point: string) => `*Everything written after ${point} will be lost.*`,
  theRestorePoint: 'the restore point',
  dataLoss: (facts: { loss: string; lossNow: string; isLater: boolean; verdict: string }) =>
    `*Data loss:* ${facts.loss}${facts.isLater ? ` at the planned start (${facts.lossNow} if it were now)` : ''}; ${facts.verdict}.`,
  downtime: (facts: { downtime: string; verdict: string }) => `*Downtime:* ${facts.downtime}; ${facts.verdict}.`,
  goesBackToo: (what: string) => `*Goes back too:* ${what}, as they were then.`,
  exactPlan: '*Exact plan*',
  asSoonAsConfirmed: 'as soon as it is confirmed',
  onlyUsualChecks: 'only what the bot always checks',
  plan: {
    preflight: (facts: { bound: string; looksAt: 'snapshot' | 'file' | undefined }) =>
      `1. Preflight: the instance is running, ${facts.looksAt ? `${looked[facts.looksAt]}, ` : ''}the data loss has grown by no more than ${facts.bound}`,
    baseline: '2. Record counts and schema of the data as it is now',
    safetySnapshot: (isEvidence: boolean) =>
      `3. Take a safety snapshot and wait for it${isEvidence ? '; it is kept as evidence' : ''}`,
    restoreOwn: (facts: { snapshot: string; profile: string }) =>
      `Restore snapshot ${facts.snapshot} (${facts.profile})`,
    restore: (facts: { what: string; at: string | undefined; lead: string | undefined; isInFreeze: boolean }) =>
      `4. ${facts.what}, one call, ${facts.at ? `at ${facts.at}` : facts.lead ? `as soon as confirmed and ${facts.lead} after stakeholders had their notice` : 'as soon as confirmed'}${facts.isInFreeze ? ', in a freeze that is overridden' : ''}`,
    checks: (checks: string) => `5. Check the data: ${checks}`,
    caution: 'Caution: this snapshot may be a differential one; Aura may refuse to restore it.',
    hash: (hash: string) => `Plan ${hash}. An approval counts for exactly this plan.`,
  },
};
