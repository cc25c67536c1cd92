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
  done: (facts: { point: string; at: string }) =>
    `*Dry run complete:* a restore to ${facts.point} would have begun ${facts.at}. Nothing was changed. These calls would have been made:`,
  step: 'Steps 3 to 5 are not carried out: the calls are listed instead',
};
