import type { edit as english } from '../en/edit.ts';

export const edit: typeof english = {
  title: (id) => `${id} ändern`,
  submit: 'Ändern und neu fragen',
  close: 'So lassen',
  asksAnew: (votes) =>
    votes === 0
      ? 'Eine Änderung fragt alle neu. Bisher hat niemand gestimmt.'
      : `Eine Änderung fragt alle neu: ${votes === 1 ? 'Die eine bisherige Stimme wird hinfällig' : `Die ${votes} bisherigen Stimmen werden hinfällig`}, und wer gestimmt hat, erfährt, was anders ist.`,
  checks: 'Prüfungen danach',
  channels: 'Kanäle, die benachrichtigt werden',
  more: (label) => `${label}, weitere`,
  whatStays: 'Grund und Instanz bleiben. Um sie zu ändern, bitte die Anfrage zurückziehen und neu anfragen.',
};
