import { de } from 'date-fns/locale/de';
import type { basics as english } from '../en/basics.ts';

export const basics: typeof english = {
  locale: de,
  dayAndTime: 'd. MMM HH:mm',
  number: (value) => value.toLocaleString('de-DE'),
  units: { days: (count) => (count === 1 ? 'Tag' : 'Tage'), hours: 'h', minutes: 'min', seconds: 's' },
  lessThanAMinute: 'weniger als eine Minute',
  environment: { production: 'PRODUKTION 🔴', staging: 'Staging 🟡', development: 'Entwicklung 🟢' },
  andMore: (count) => `und ${count} weitere`,
  moreLines: (count) => `… und ${count} weitere ${count === 1 ? 'Zeile' : 'Zeilen'}`,
  or: 'oder',
  and: 'und',
  noChannel: 'kein Kanal',
  onCall: (alias) => `wer Bereitschaft hat (${alias})`,
  onCallThen: ({ alias, people, at }) => `${basics.onCall(alias)}: ${people} am ${at}`,
  onCallNobody: ({ alias, at }) => `${basics.onCall(alias)}: niemand am ${at}`,
  onCallUnknown: (alias) => `${basics.onCall(alias)}, was sich nicht herausfinden ließ`,
  somebody: 'eine Person',
  someGroup: 'eine Gruppe',
  until: (at) => `bis ${at}`,
  inTime: 'rechtzeitig',
  inTimeOf: (duration) => `in ${duration}`,
  afterThis: (duration) => `${duration} nach dieser Nachricht`,
  buttons: (labels) => `Knöpfe: ${labels}`,
  button: ({ label, id, alias }) => `${label} ${id}, ${alias}`,
  recorded: (text) => `Aufgezeichnet: „${text}“`,
};
