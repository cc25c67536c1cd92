import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Calendar, Window } from '../restore/calendar.ts';
import type { Holidays } from '../restore/holidays.ts';
import { type CalendarFile, readCalendarFile } from './calendar-file.ts';
import type { ConfigFile } from './file-schema.ts';
import type { Problem } from './problem.ts';

/** The calendar files that were read, by the name the configuration gives them. */
export type Calendars = Readonly<Record<string, CalendarFile & { readonly zone: string; readonly text: string }>>;

type CalendarSettings = Pick<ConfigFile['defaults'], 'windows' | 'freezes' | 'holidays'>;

/** Reads every calendar file; a path is taken from `folder`, where the configuration file is. What cannot be read is added to `problems`. */
export function readCalendars(files: ConfigFile['calendars'], folder: string, problems: Problem[]): Calendars {
  const calendars: Record<string, Calendars[string]> = {};
  for (const [name, { file, zone }] of Object.entries(files)) {
    const path = isAbsolute(file) ? file : join(folder, file);
    const read = readOne(path, zone);
    if ('calendar' in read) calendars[name] = { ...read.calendar, zone, text: read.text };
    else problems.push({ where: `calendars.${name}.file`, what: `${path} ${read.problem}` });
  }
  return calendars;
}

function readOne(
  path: string,
  zone: string,
): { readonly calendar: CalendarFile; readonly text: string } | { readonly problem: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { problem: 'cannot be read. Name an ICS file, by its path from the folder of the configuration file' };
  }
  const read = readCalendarFile(text, zone);
  return 'calendar' in read ? { ...read, text } : read;
}

/**
 * When an instance's restores may start, by what stands at each level of the file, the narrowest first. The strictest
 * counts: a window must be open at every level that has any, and the freezes and holidays of all levels hold.
 */
export function calendarFrom(
  levels: readonly { readonly where: string; readonly settings: CalendarSettings }[],
  calendars: Calendars,
  files: ConfigFile['calendars'],
  problems: Problem[],
): Calendar {
  const [windows = [], ...outerWindows] = levels.flatMap(({ settings }): readonly (readonly Window[])[] =>
    settings.windows && settings.windows.length > 0 ? [settings.windows] : [],
  );
  const holidays = levels.flatMap(({ where, settings }) =>
    (settings.holidays ?? []).flatMap(({ calendar, effect }, index): readonly Holidays[] => {
      const found = calendars[calendar];
      if (found) {
        const { fileHash, between, zone } = found;
        return [{ fileHash, between, zone, calendar, effect }];
      }
      if (!(calendar in files))
        problems.push({ where: `${where}.holidays.${index}`, what: `names ${calendar}, which is not under calendars` });
      return [];
    }),
  );
  return {
    windows,
    freezes: levels.flatMap(({ settings }) => settings.freezes ?? []),
    ...(outerWindows.length > 0 ? { outerWindows } : {}),
    ...(holidays.length > 0 ? { holidays } : {}),
  };
}
