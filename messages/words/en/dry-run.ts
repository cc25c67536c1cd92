import type { Ways } from '../ways.ts';

const CALLS = 'Nothing was changed. These calls would have been made:';

const done: Ways<{ at: string }> = {
  back: ({ point, at }) => `*Dry run complete:* a restore to ${point} would have begun ${at}. ${CALLS}`,
  replaced: ({ target, by, at }) =>
    `*Dry run complete:* to overwrite ${target} with ${by} would have begun ${at}. ${CALLS}`,
  beside: ({ target, point, at }) =>
    `*Dry run complete:* a new instance beside ${target} from the snapshot of ${point} would have been made ${at}. ${CALLS}`,
};

/** A restore whose changing calls are listed and not made. */
export const dryRun = {
  label: 'Rehearsal',
  box: 'Dry run: do everything but the calls that change something',
  boxMeaning: 'Nobody but the approvers is told. The card lists the calls that would have been made.',
  card: '*Dry run: nothing is changed.* What follows is what a real restore would do; stakeholders are not told.',
  which: (restore: string) => `Dry run, nothing is changed. ${restore}`,
  effect:
    'Nothing is changed by your agreement: the bot looks at everything, lists the calls, and tells no stakeholder.',
  submit: 'Start dry run',
  done,
};
