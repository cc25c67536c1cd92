import { el } from './dom.ts';

/** A date and time as the person's own clock shows it. Told when the person leaves the field, not at each key. */
export function timeInput(
  field: {
    readonly id: string;
    readonly described: Readonly<Record<string, string>>;
    readonly seconds: unknown;
    readonly zone: string;
  },
  choose: (seconds: number) => unknown,
): HTMLElement {
  const shown = typeof field.seconds === 'number' ? clockTime(field.seconds, field.zone) : '';
  const input = el('input', {
    id: field.id,
    'aria-describedby': [field.described['aria-describedby'], `${field.id}-zone`].filter(Boolean).join(' '),
    ...(field.described['aria-invalid'] ? { 'aria-invalid': 'true' } : {}),
    type: 'datetime-local',
    blur: () => {
      if (input.value && input.value !== shown) choose(secondsAt(input.value, field.zone));
    },
    keydown: (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return;
      event.preventDefault();
      input.blur();
      input.focus();
    },
  });
  input.value = shown;
  return el('div', {}, input, el('div', { class: 'hint', id: `${field.id}-zone` }, `By the clock of ${field.zone}`));
}

/** `2026-11-21T13:05`, as a clock in the zone shows it. */
function clockTime(seconds: number, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(new Date(seconds * 1000)).replace(' ', 'T');
}

/** The moment at which a clock in the zone shows this; at a change to summer time the later of two guesses. */
function secondsAt(shown: string, zone: string): number {
  const asUtc = Date.parse(`${shown}Z`) / 1000;
  const offsetAt = (seconds: number) => Date.parse(`${clockTime(seconds, zone)}Z`) / 1000 - seconds;
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}
