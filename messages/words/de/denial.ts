import type { denial as english } from '../en/denial.ts';

export const denial: typeof english = {
  title: (id) => `${id} ablehnen`,
  submit: 'Ablehnen',
  close: 'Zurück',
  whatHappens: ({ deed, requester, denialsNeeded }) =>
    `Findet nicht statt: ${deed}, angefragt von ${requester}${denialsNeeded > 1 ? `, wenn ${denialsNeeded} Personen sie ablehnen` : ''}.`,
  why: 'Warum nicht?',
  whyHint: 'Die anfragende Person sieht diesen Text.',
};
