/** What one person is told privately about a restore of theirs. */
export const direct = {
  which: (facts: { id: string; alias: string; goal: string }) =>
    `${facts.id}, restore of ${facts.alias} to ${facts.goal}`,
  openCard: 'Open the card',
  confirmed: (facts: { by: string | undefined; startAt: string | undefined; lapsesAt: string | undefined }) =>
    `confirmed${facts.by ? ` by ${facts.by}` : ''}.${facts.startAt ? ` It starts ${facts.startAt}, or not at all after ${facts.lapsesAt}.` : ''} The card follows every step.`,
  denied: (facts: { by: string; why: string }) => `denied by ${facts.by}: ${facts.why} Nothing was done.`,
  deniedShort: 'denied. Nothing was done.',
  unanswered: (until: string) =>
    `nobody confirmed it ${until}, so nothing was done. If it is still needed, ask again and tell an approver directly.`,
  startsLate: 'it starts late.',
  late: (facts: { by: string; plannedAt: string; why: string; loss: string }) =>
    `it starts late, ${facts.by} after its planned start ${facts.plannedAt}. ${facts.why} Everything was checked again: it would lose ${facts.loss} of data. It starts now; the card can still stop it.`,
  noCard: (facts: { channel: string; why: string | undefined; id: string }) =>
    `its card could not be posted in ${facts.channel}${facts.why ? ` (${facts.why})` : ''}, so nobody sees it there. Ask the bot's operator to invite the bot to that channel, or to correct it; the card then appears by itself. \`/restore status ${facts.id}\` shows where it stands.`,
  judgeStart:
    'the restore call was sent once and its answer was lost; Aura shows no sign of a restore. Look at the instance in the Aura console, then say on the card whether it ran. The call will not be sent again.',
  completed: (checks: string) => `the restore is complete. Data checks: ${checks}`,
  failed: (facts: { why: string; condition: string; next: string }) =>
    `it failed. ${facts.why} ${facts.condition} ${facts.next}`,
  stopped: (by: string) => `stopped by ${by} before the restore call.`,
  lapsed: (until: string) =>
    `it was confirmed but could not start ${until}, so nothing was done. Ask again if it is still needed.`,
};
