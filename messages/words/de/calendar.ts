import type { Closed } from '../../../src/restore/calendar.ts';
import type { Times, Weekday } from '../../../src/restore/calendar-times.ts';
import type { calendar as english } from '../en/calendar.ts';

const DAYS: Readonly<Record<Weekday, string>> = {
  sun: 'So',
  mon: 'Mo',
  tue: 'Di',
  wed: 'Mi',
  thu: 'Do',
  fri: 'Fr',
  sat: 'Sa',
};

function mend({ hasNext, mayOverride }: { readonly hasNext: boolean; readonly mayOverride: boolean }): string {
  const override = mayOverride ? ', dort um eine Ausnahme von der Sperrzeit bitten' : '';
  const edit = (can: string) =>
    `Die anfragende Person ${can} mit „Ändern…“ einen anderen Start wählen${override} oder die Anfrage zurückziehen.`;
  if (!hasNext) return edit('kann');
  return `Wer freigeben darf, kann einem späteren Start zustimmen, den die anfragende Person annehmen muss. ${edit('kann auch')}`;
}

export const calendar: typeof english = {
  closed: (said, closed) => (closed ? closedWords(closed) : `Aufgezeichnet: „${said}“`),
  frozen: ({ names, until }) =>
    `Wiederherstellungen sind gesperrt${until === undefined ? '' : ` bis ${until}`}: ${names}.`,
  noStart: (facts) =>
    `*Ein Start ist so, wie geplant, nicht möglich.* Gesehen ${facts.at}: ${facts.closed} ${facts.next} Solange das so ist, kann niemand diesen Start freigeben. ${mend(facts)} Der Bot sieht weiter nach.`,
  noStartForYou: (facts) =>
    `Sie kann nicht so starten, wie sie angefragt wurde. Gesehen ${facts.at}: ${facts.closed} ${facts.next} Solange das so ist, kann niemand diesen Start freigeben. ${mend(facts)} Der Bot sieht weiter nach.`,
  lapsed: (facts) =>
    `${facts.hadVotes ? 'Wozu zugestimmt wurde, kann nicht starten' : 'Was angefragt wurde, kann nicht starten'} (${facts.at}): ${facts.closed} ${facts.next} ${facts.hadVotes ? 'Es wurde kein Aufruf gesendet.' : 'Niemand hatte abgestimmt.'} Solange das so ist, kann niemand diesen Start freigeben. ${mend(facts)}`,
  refused: (facts) =>
    `Nichts wurde vereinbart: Der Start wäre ${facts.startAt}, und das ist nicht möglich. ${facts.closed} ${facts.next} ${mend(facts)}`,
  possibleAgain: ({ at, since, closed }) =>
    `Ein Start ist wieder möglich, gesehen ${at}. Was seit ${since} dagegen stand: ${closed} Sie kann so freigegeben werden.`,
  closedNow: (facts) =>
    `*Ein Start ist jetzt nicht möglich:* Er käme ${facts.startAt}. ${facts.closed} ${facts.next}${facts.isAsked ? ` Solange das so ist, kann niemand diesen Start freigeben. ${mend(facts)}` : ''}`,
  closes: ({ at, freezes }) =>
    freezes === undefined
      ? `*Das Zeitfenster schließt ${at}:* Der Start muss vorher kommen.`
      : `*Eine Sperrzeit beginnt ${at}* (${freezes}): Der Start muss vorher kommen.`,
  times: timesWords,
};

function closedWords(closed: Closed): string {
  switch (closed.by) {
    case 'freezes':
      return `Wiederherstellungen sind gesperrt${closed.until ? ` bis ${utc(closed.until)}` : ''}: ${closed.names.join(', ')}.`;
    case 'holidays':
      return `Wiederherstellungen dieser Instanz können an diesem Feiertag nicht starten: ${closed.names.join(', ')}.`;
    case 'windows': {
      const sets = closed.sets.map((windows) => windows.map(timesWords).join('; '));
      return `Wiederherstellungen dieser Instanz können nur starten: ${sets.join(', und davon nur: ')}.`;
    }
    default:
      return closed satisfies never;
  }
}

function timesWords(times: Times): string {
  if ('days' in times) {
    return `${times.days.map((day) => DAYS[day]).join(', ')} ${times.from} bis ${times.to} (${times.zone})`;
  }
  if ('monthDays' in times) {
    const { first, last } = times.monthDays;
    return `jeden Monat vom ${monthDay(first)} bis zum ${monthDay(last)} (${times.zone})`;
  }
  if ('yearDays' in times) {
    return `jedes Jahr vom ${yearDay(times.yearDays.first)} bis zum ${yearDay(times.yearDays.last)} (${times.zone})`;
  }
  return `${utc(times.from)} bis ${utc(times.to)}`;
}

function monthDay(day: number): string {
  if (day === -1) return 'letzten Tag';
  return day < 0 ? `${-day}. Tag vor dem Monatsende` : `${day}.`;
}

/** `12-24` is the 24th of December. */
function yearDay(day: string): string {
  const [month, date] = day.split('-').map(Number);
  return `${date}.${month}.`;
}

function utc(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
