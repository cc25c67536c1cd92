import type { loss as english } from '../en/loss.ts';

export const loss: typeof english = {
  noObjective: (name) => `kein ${name} ist festgelegt`,
  exceeds: ({ name, objective, by }) => `überschreitet das ${name} von ${objective} um ${by}`,
  within: ({ name, objective }) => `innerhalb des ${name} von ${objective}`,
  downtime: ({ from, to, isConfigured }) =>
    `${from} bis ${to}, ${isConfigured ? 'wie für diese Instanz konfiguriert' : 'nach einer Faustregel aus der Größe der Instanz'}`,
  lessThanATenth: 'weniger als 0,1',
  hours: ({ fromMinutes, toMinutes }) => (fromMinutes === toMinutes ? toMinutes : `${fromMinutes} bis ${toMinutes}`),
};
