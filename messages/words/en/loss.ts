import type { MinutesRange } from '../../../src/restore/terms.ts';

/** How a loss or a downtime compares with its objective, the RPO or the RTO. */
export const loss = {
  noObjective: (name: string) => `no ${name} is set`,
  exceeds: (facts: { name: string; objective: string; by: string }) =>
    `exceeds the ${facts.name} of ${facts.objective} by ${facts.by}`,
  within: (facts: { name: string; objective: string }) => `within the ${facts.name} of ${facts.objective}`,
  downtime: (facts: { from: string; to: string; isConfigured: boolean }) =>
    `${facts.from} to ${facts.to}, ${facts.isConfigured ? 'as configured for this instance' : "a rule of thumb from the instance's size"}`,
  lessThanATenth: 'less than 0.1',
  hours: (facts: { [Key in keyof MinutesRange]: string }) =>
    facts.fromMinutes === facts.toMinutes ? facts.toMinutes : `${facts.fromMinutes} to ${facts.toMinutes}`,
};
