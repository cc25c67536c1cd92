import type { HistoryOf, MinutesRange } from '../../../src/restore/terms.ts';

/** How a loss or a downtime compares with its objective, the RPO or the RTO. */
export const loss = {
  noObjective: (name: string) => `no ${name} is set`,
  exceeds: (facts: { name: string; objective: string; by: string }) =>
    `exceeds the ${facts.name} of ${facts.objective} by ${facts.by}`,
  within: (facts: { name: string; objective: string }) => `within the ${facts.name} of ${facts.objective}`,
  downtime: (facts: { from: string; to: string; basis: string }) =>
    `${facts.from === facts.to ? facts.to : `${facts.from} to ${facts.to}`}, ${facts.basis}`,
  basis: {
    configured: 'as configured for this instance',
    'rule-of-thumb': "a rule of thumb from the instance's size, since none was restored before",
    history: ({ runs, of }: { runs: number; of: HistoryOf }) =>
      `by ${runs} earlier ${runs === 1 ? 'restore' : 'restores'} of ${of === 'instance' ? 'this instance' : 'instances of its type and size'}`,
  },
  range: (facts: { from: string; to: string }) => (facts.from === facts.to ? facts.to : `${facts.from} to ${facts.to}`),
  lessThanATenth: 'less than 0.1',
  hours: (facts: { [Key in keyof MinutesRange]: string }) =>
    facts.fromMinutes === facts.toMinutes ? facts.toMinutes : `${facts.fromMinutes} to ${facts.toMinutes}`,
};
