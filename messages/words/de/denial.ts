import type { denial as english } from '../en/denial.ts';

export const denial: typeof english = {
  title: (id) => `${id} ablehnen`,
  submit: 'Ablehnen',
  close: 'Zurück',
  whatHappens: ({ alias, point, requester, denialsNeeded }) =>
    `Die Wiederherstellung von ${alias} auf den Stand ${point}, angefragt von ${requester}, findet nicht statt${denialsNeeded > 1 ? `, wenn ${denialsNeeded} Personen sie ablehnen` : ''}.`,
  why: 'Warum nicht?',
  whyHint: 'Die anfragende Person sieht diesen Text.',
};
