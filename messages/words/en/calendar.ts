import type { Closed } from '../../../src/restore/calendar.ts';
import { timesWords } from '../../../src/restore/calendar-times.ts';

/** When a restore may start. */
export const calendar = {
  /** Why not at a moment: what the rules say in English, and what they mean by it. */
  closed: (said: string, _closed: Closed | undefined) => said,
  /** When a window or a freeze is. */
  times: timesWords,
};
