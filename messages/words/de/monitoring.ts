import type { monitoring as english } from '../en/monitoring.ts';

export const monitoring: typeof english = {
  silencing: (at) => `… Überwachung ${at} gebeten, zu schweigen`,
  silenced: (at) => `✓ Überwachung stummgeschaltet ${at}; der Bot beendet das, wenn die Wiederherstellung vorbei ist`,
  notSilenced: (why) =>
    `⚠ Überwachung nicht stummgeschaltet („${why}“): Meldungen zu dieser Wiederherstellung können jemanden wecken`,
  resuming: (at) =>
    `… Überwachung ${at} gebeten, wieder zu melden, und sie hat noch nicht zugesagt; der Bot bittet weiter`,
  resumed: (at) => `✓ Überwachung meldet wieder seit ${at}`,
  resumedEarly: (at) =>
    `✓ Überwachung meldet wieder seit ${at}; sie wird gleich noch einmal gebeten, weil die Bitte zu schweigen keine Antwort bekam und verspätet ankommen kann`,
  notResumed: (why) =>
    `⚠ Die Überwachung ist vielleicht noch stumm („${why}“): bitte die Stummschaltung von Hand beenden`,
};
