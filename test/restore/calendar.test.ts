import { describe, expect, it } from 'vitest';
import { type Calendar, startRefusal, WEEKDAYS, type Window } from '../../src/restore/calendar.ts';

const weekly = (window: Partial<Window>): Calendar => ({
  windows: [{ days: WEEKDAYS, from: '00:00', to: '23:59', zone: 'UTC', ...window }],
  freezes: [],
});
const BERLIN = weekly({ from: '02:00', to: '03:00', zone: 'Europe/Berlin' });
const NEW_YORK = weekly({ from: '01:00', to: '02:00', zone: 'America/New_York' });

describe('a calendar', () => {
  it('without windows and freezes always allows a start', () => {
    expect(startRefusal({ windows: [], freezes: [] }, '2026-11-21T03:04:05.000Z')).toBeUndefined();
  });

  it.each([
    [
      'the minute a Berlin winter window opens',
      { zone: 'Europe/Berlin', from: '20:00', to: '22:00' },
      '2026-11-23T19:00',
      true,
    ],
    ['the minute before', { zone: 'Europe/Berlin', from: '20:00', to: '22:00' }, '2026-11-23T18:59', false],
    ['the minute it closes', { zone: 'Europe/Berlin', from: '20:00', to: '22:00' }, '2026-11-23T21:00', false],
    ['the same local hour in summer', { zone: 'Europe/Berlin', from: '20:00', to: '22:00' }, '2026-07-20T18:00', true],
    ['the evening of a Friday night', { days: ['fri'], from: '22:00', to: '04:00' }, '2026-11-20T23:00', true],
    ['the Saturday morning of a Friday night', { days: ['fri'], from: '22:00', to: '04:00' }, '2026-11-21T03:59', true],
    ['the Friday morning before it', { days: ['fri'], from: '22:00', to: '04:00' }, '2026-11-20T03:00', false],
    [
      'the Sunday morning after a Saturday night',
      { days: ['sat'], from: '22:00', to: '04:00' },
      '2026-11-22T01:00',
      true,
    ],
  ] as const)('judges %s by the window’s own clock', (_, window, minute, isAllowed) => {
    expect(startRefusal(weekly(window), `${minute}:00.000Z`) === undefined).toBe(isAllowed);
  });

  it.each([
    ['before the hour that Berlin skips in spring', BERLIN, '2027-03-28T00:59', false],
    ['after the hour that Berlin skips in spring', BERLIN, '2027-03-28T01:00', false],
    ['in the first of the two hours Berlin has in autumn', BERLIN, '2026-10-25T00:30', true],
    ['in the second of them', BERLIN, '2026-10-25T01:30', true],
    ['after both of them', BERLIN, '2026-10-25T02:00', false],
    ['in New York’s last hour before the spring gap', NEW_YORK, '2027-03-14T06:59', true],
    ['after New York’s gap', NEW_YORK, '2027-03-14T07:00', false],
    ['in the first of New York’s two hours in autumn', NEW_YORK, '2026-11-01T05:30', true],
    ['in the second of New York’s two hours', NEW_YORK, '2026-11-01T06:30', true],
    ['after both of New York’s hours', NEW_YORK, '2026-11-01T07:00', false],
  ])('%s keeps its local hours', (_, calendar, minute, isAllowed) => {
    expect(startRefusal(calendar, `${minute}:00.000Z`) === undefined).toBe(isAllowed);
  });

  it('passes over a week whose window the clocks skipped', () => {
    const sundays: Calendar = weekly({ days: ['sun'], from: '02:00', to: '03:00', zone: 'Europe/Berlin' });
    expect(startRefusal(sundays, '2027-03-27T12:00:00.000Z')?.nextPossible).toEqual(['2027-04-04T00:00:00.000Z']);
  });

  it('names the very minute that a short window opens', () => {
    const short = weekly({ from: '20:10', to: '20:14', zone: 'Europe/Berlin' });
    expect(startRefusal(short, '2026-11-21T03:04:05.000Z')).toMatchObject({
      kind: 'outside-window',
      nextPossible: ['2026-11-21T19:10:00.000Z'],
    });
  });

  it('names the end of freezes that follow each other, however long they are', () => {
    const frozen: Calendar = {
      windows: [],
      freezes: [
        { name: 'January', from: '2027-01-01T00:00:00.000Z', to: '2027-02-01T00:00:00.000Z' },
        { name: 'December', from: '2026-12-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' },
      ],
    };
    expect(startRefusal(frozen, '2026-12-05T00:00:00.000Z')).toMatchObject({
      kind: 'frozen',
      words: expect.stringContaining('December'),
      nextPossible: ['2027-02-01T00:00:00.000Z'],
    });
    expect(startRefusal(frozen, '2027-02-01T00:00:00.000Z')).toBeUndefined();
  });
});
