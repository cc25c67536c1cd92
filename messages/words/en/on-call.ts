import { onCallWords } from '../../../src/restore/on-call.ts';

/** Who is on call. */
export const onCall = {
  /** What was found out about schedules, as the history keeps it. */
  looks: onCallWords,
  sentence: (looks: string) => ` On-call schedule: ${looks}.`,
};
