import type { Ways } from '../ways.ts';

const late: Ways<{ lateBy: string; plannedAt: string; why: string; loss: string }> = {
  back: (facts) => `${lateStart(facts)} it would lose ${facts.loss} of data. ${NOW}`,
  replaced: (facts) => `${lateStart(facts)} everything in ${facts.target} would be replaced by ${facts.by}. ${NOW}`,
  beside: (facts) => `${lateStart(facts)} nothing would be overwritten. ${NOW}`,
};

const NOW = 'It starts now; the card can still stop it.';

function lateStart({ lateBy, plannedAt, why }: { lateBy: string; plannedAt: string; why: string }): string {
  return `it starts late, ${lateBy} after its planned start ${plannedAt}. ${why} Everything was checked again:`;
}

const stopped: Ways<{ person: string }> = {
  back: ({ person, target, point }) =>
    `stopped by ${person} before the restore call. ${target} was not rolled back to ${point}.`,
  replaced: ({ person, target }) => `stopped by ${person} before any data was replaced. ${target} is as it was.`,
  beside: ({ person }) => `stopped by ${person} before the create call. No instance was made.`,
};

const stalledOver = (facts: { begunAt: string; time: string; seen: string; instance: string }) =>
  `it has stalled: it began ${facts.begunAt} and has shown nothing new for a long time. Expected downtime: ${facts.time}. ${facts.seen} The bot goes on looking; nothing more is sent to Aura. Look at ${facts.instance} in the Aura console. If nothing moves there either, ask Neo4j support and name its id.`;

const stalled: Ways<{ begunAt: string; time: string; seen: string; instance: string }> = {
  back: stalledOver,
  replaced: stalledOver,
  beside: ({ begunAt, time, seen, instance }) =>
    `it has stalled: making the new instance began ${begunAt}, and has shown nothing new for a long time. Expected until it runs: ${time}. ${seen} The bot goes on looking; no second one is made. Look at ${instance} in the Aura console. If nothing moves there either, ask Neo4j support and name its id.`,
};

/** What one person is told privately about a restore of theirs. */
export const direct = {
  which: (facts: { id: string; deed: string }) => `${facts.id}, ${facts.deed}`,
  openCard: 'Open the card',
  confirmed: (facts: { by: string | undefined; startAt: string | undefined; lapsesAt: string | undefined }) =>
    `confirmed${facts.by ? ` by ${facts.by}` : ''}.${facts.startAt ? ` It starts ${facts.startAt}, or not at all after ${facts.lapsesAt}.` : ''} The card follows every step.`,
  denied: (facts: { by: string; why: string }) => `denied by ${facts.by}: "${facts.why}". Nothing was done.`,
  deniedShort: 'denied. Nothing was done.',
  unanswered: (until: string) =>
    `it did not get every agreement that it needed ${until}, so nothing was done. If it is still needed, ask again and tell an approver directly.`,
  startsLate: 'it starts late.',
  late,
  lateStill: (facts: { lateBy: string; plannedAt: string; why: string; lapsesAt: string | undefined }) =>
    `it has not started: its planned start ${facts.plannedAt} was ${facts.lateBy} before this was seen. ${facts.why} It starts when that is over${facts.lapsesAt === undefined ? '' : `, or not at all after ${facts.lapsesAt}`}; the card can still stop it.`,
  begunLate: (facts: {
    begunAt: string;
    lateBy: string;
    plannedAt: string;
    why: string;
    notUploaded: string | undefined;
  }) =>
    `it began late, ${facts.begunAt}: ${facts.lateBy} after its planned start ${facts.plannedAt}. ${facts.why} ${facts.notUploaded ? `To stop it, make sure that nobody uploads the file, then press "${facts.notUploaded}" on the card.` : 'It can no longer be stopped.'} The card follows every step, and how it ends is said here too.`,
  noCard: (facts: { channel: string; why: string | undefined; id: string }) =>
    `its card could not be posted in ${facts.channel}${facts.why ? ` (${facts.why})` : ''}, so nobody sees it there. Ask the bot's operator to invite the bot to that channel, or to correct it; the card then appears by itself. \`/restore status ${facts.id}\` shows where it stands.`,
  judgeStart: (why: string) =>
    `nobody knows whether it ran. ${why} Look at the instance in the Aura console, then say on the card whether it ran. The call will not be sent again.`,
  stalled,
  /** What Aura showed last, as the record says it. */
  stalledSeen: (facts: { words: string; since: string }) => `Last seen, unchanged since ${facts.since}: ${facts.words}`,
  stalledSilent: (facts: { words: string; since: string }) =>
    `Aura has given no usable answer since ${facts.since}. ${facts.words}`,
  stalledUnseen: 'Aura has not been seen to say anything of it yet.',
  instance: (facts: { alias: string; auraId: string }) => `${facts.alias} (Aura id ${facts.auraId})`,
  newInstance: (auraId: string | undefined) => `the new instance${auraId ? ` (Aura id ${auraId})` : ''}`,
  completed: (checks: string) => `the restore is complete. Data checks: ${checks}`,
  failed: (facts: { why: string; condition: string; next: string }) =>
    `it failed. ${facts.why} ${facts.condition} ${facts.next}`,
  stopped,
  lapsed: (until: string) =>
    `it was confirmed but could not start ${until}, so nothing was done. Ask again if it is still needed.`,
};
