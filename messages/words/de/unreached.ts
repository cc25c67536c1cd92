import type { unreached as english } from '../en/unreached.ts';

const byHand = (place: string) => `Bis dahin bitte allen, die ${place} lesen, selbst Bescheid geben.`;

export const unreached: typeof english = {
  not: {
    planned: ({ place, why, code }) =>
      `${place} ließ sich von dieser Wiederherstellung nicht benachrichtigen: ${why} (${code}).`,
    outcome: ({ place, why, code }) =>
      `${place} ließ sich vom Ende dieser Wiederherstellung nicht benachrichtigen: ${why} (${code}).`,
    late: ({ place, why, code }) =>
      `${place} ließ sich vom verspäteten Start dieser Wiederherstellung nicht benachrichtigen: ${why} (${code}).`,
    'put-off': ({ place, why, code }) =>
      `${place} ließ sich nicht davon benachrichtigen, dass der Start dieser Wiederherstellung verschoben wurde: ${why} (${code}).`,
  },
  maybe: {
    planned: ({ place, code }) =>
      `Niemand weiß, ob ${place} von dieser Wiederherstellung benachrichtigt wurde: Die Antwort von Slack ging verloren (${code}). Bitte dort nachsehen.`,
    outcome: ({ place, code }) =>
      `Niemand weiß, ob ${place} vom Ende dieser Wiederherstellung benachrichtigt wurde: Die Antwort von Slack ging verloren (${code}). Bitte dort nachsehen.`,
    late: ({ place, code }) =>
      `Niemand weiß, ob ${place} vom verspäteten Start dieser Wiederherstellung benachrichtigt wurde: Die Antwort von Slack ging verloren (${code}). Bitte dort nachsehen.`,
    'put-off': ({ place, code }) =>
      `Niemand weiß, ob ${place} davon benachrichtigt wurde, dass der Start dieser Wiederherstellung verschoben wurde: Die Antwort von Slack ging verloren (${code}). Bitte dort nachsehen.`,
  },
  why: {
    archived: 'Der Kanal ist archiviert',
    notFound: 'Der Kanal wurde gelöscht, oder er ist privat und der Bot ist nicht darin',
    notInside: 'Der Bot ist nicht in dem Kanal',
    other: 'Die Nachricht kam nicht an',
  },
  next: {
    archived: (place) =>
      `Das Archivieren lässt sich in Slack aufheben, oder der Betrieb des Bots kann einen anderen Kanal eintragen. ${byHand(place)}`,
    notFound: (place) =>
      `Wer darin ist, kann den Bot einladen, oder der Betrieb des Bots kann einen anderen Kanal eintragen. ${byHand(place)}`,
    notInside: (place) => `Wer darin ist, kann den Bot einladen. ${byHand(place)}`,
    other: (place) => `Der Betrieb des Bots kann im Protokoll nachsehen. ${byHand(place)}`,
  },
  tellPerson: (person) => `Bitte ${person} selbst Bescheid geben.`,
  startsAnyway: (at) =>
    `Die Wiederherstellung geht trotzdem weiter und startet ${at}; diese Mitteilung wird nicht noch einmal gesendet. Auf der Karte lässt sie sich noch anhalten.`,
  waits:
    'Der Start ist trotzdem verschoben: Die Wiederherstellung startet nicht, bevor ihr noch einmal zugestimmt wurde. Diese Mitteilung wird nicht noch einmal gesendet.',
  goesOn: 'Die Wiederherstellung geht trotzdem weiter; diese Mitteilung wird nicht noch einmal gesendet.',
  isOver: 'Die Wiederherstellung ist zu Ende; diese Mitteilung wird nicht noch einmal gesendet.',
};
