import type { SeenClocks } from '../clocks.ts';
import { clockDifferenceWords, isTooFarApart } from '../restore/clock-difference.ts';
import type { Finding } from './finding.ts';

/** The bot's clock against those of Redis and Aura, as their latest answers showed them. */
export function clockFindings(clocks: Pick<SeenClocks, 'known'>): readonly Finding[] {
  const words = clocksProblem(clocks);
  return words === undefined ? [] : [{ about: 'clocks', weight: 'stops-decisions', words, key: 'clocks' }];
}

/** Which clocks are too far apart for decisions; undefined when none is known to be. */
export function clocksProblem(clocks: Pick<SeenClocks, 'known'>): string | undefined {
  const apart = clocks.known().filter(isTooFarApart);
  if (apart.length === 0) return undefined;
  const words = apart.map(clockDifferenceWords).join(', and ');
  return `No restore can be asked for, confirmed or sent: ${words}. Set the clocks right (chrony or systemd-timesyncd on the machines of the bot and of Redis).`;
}
