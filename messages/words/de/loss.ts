import type { loss as english } from '../en/loss.ts';

export const loss: typeof english = {
  noObjective: (name) => `kein ${name} ist festgelegt`,
  exceeds: ({ name, objective, by }) => `überschreitet das ${name} von ${objective} um ${by}`,
  within: ({ name, objective }) => `innerhalb des ${name} von ${objective}`,
  downtime: ({ from, to, basis }) => `${from === to ? to : `${from} bis ${to}`}, ${basis}`,
  basis: {
    configured: 'wie für diese Instanz konfiguriert',
    'rule-of-thumb': 'nach einer Faustregel aus der Größe der Instanz, weil noch keine wiederhergestellt wurde',
    history: ({ runs, of }) =>
      `nach ${runs === 1 ? 'einer früheren Wiederherstellung' : `${runs} früheren Wiederherstellungen`} ${of === 'instance' ? 'dieser Instanz' : 'von Instanzen dieser Art und Größe'}`,
  },
  range: ({ from, to }) => (from === to ? to : `${from} bis ${to}`),
  lessThanATenth: 'weniger als 0,1',
  hours: ({ fromMinutes, toMinutes }) => (fromMinutes === toMinutes ? toMinutes : `${fromMinutes} bis ${toMinutes}`),
};
