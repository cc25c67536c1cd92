import type { Restore } from '../src/restore/restore.ts';
import { duration } from './slack-text.ts';

/** `exceeds the RPO of 1 h by 3 h`, `within the RPO of 4 h`, or that none is set. */
export function rpoVerdict(lossMinutes: number, rpoMinutes: number | undefined): string {
  return verdict('RPO', lossMinutes, rpoMinutes);
}

export function rtoVerdict(downtimeMinutes: number, rtoMinutes: number | undefined): string {
  return verdict('RTO', downtimeMinutes, rtoMinutes);
}

function verdict(name: string, actual: number, objective: number | undefined): string {
  if (objective === undefined) return `no ${name} is set`;
  return actual > objective
    ? `exceeds the ${name} of ${duration(objective)} by ${duration(actual - objective)}`
    : `within the ${name} of ${duration(objective)}`;
}

/** `10 to 35 min, a rule of thumb from the instance's size`. */
export function downtimeWords({ estimate }: Pick<Restore['terms'], 'estimate'>): string {
  const basis =
    estimate.basis === 'configured' ? 'as configured for this instance' : "a rule of thumb from the instance's size";
  return `${duration(estimate.fromMinutes)} to ${duration(estimate.toMinutes)}, ${basis}`;
}

/** `0.4 to 1.2`: hours for the notice template. */
export function hours(minutes: number): string {
  const tenths = Math.round(minutes / 6);
  return tenths === 0 && minutes > 0 ? 'less than 0.1' : String(tenths / 10);
}
