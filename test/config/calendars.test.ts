import { describe, expect, it } from 'vitest';
import { startRefusal } from '../../src/restore/calendar.ts';
import { DOZEN, configOf as load, problemsIn } from '../support/config-file.ts';

const problems = (...given: Parameters<typeof load>) => problemsIn(() => load(...given));

const UNITY_DAY =
  'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Unity Day\nDTSTART;VALUE=DATE:20261003\nEND:VEVENT\nEND:VCALENDAR\n';

describe('calendars in the configuration file', () => {
  it('adds up windows, freezes and holidays of instance, environment and defaults; the rest is set by the narrowest', () => {
    const { policy } = load(
      `${DOZEN}
    windows: [{ days: [sat], from: "00:00", to: "24:00", zone: UTC }]
    freezes: [{ name: mine, monthly: -2..1, zone: UTC }]
environments:
  production:
    freezes: [{ name: production, yearly: 12-20..01-02, zone: Europe/Berlin }]
    freeze_override: { approvers: { users: [U9] } }
    notice_lead: 10m
    urgent_notice_lead: 4m
  staging:
    freezes: [{ name: staging, days: [fri], from: "16:00", to: "24:00", zone: UTC }]
defaults:
  windows: [{ from: 2026-10-01T00:00:00Z, to: 2026-11-01T00:00:00Z }]
  notice_lead: 20m
  holidays: [{ calendar: germany, effect: frozen }]
calendars:
  germany: { file: holidays.ics, zone: Europe/Berlin }
`,
      {},
      { 'holidays.ics': UNITY_DAY },
    );
    const [orders] = policy.instances;
    expect(orders).toMatchObject({
      noticeLeadMinutes: 10,
      urgentNoticeLeadMinutes: 4,
      overrideApprovers: { users: ['U9'], groups: [] },
      workingHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' },
      calendar: {
        windows: [{ days: ['sat'] }],
        outerWindows: [[{ from: '2026-10-01T00:00:00.000Z' }]],
        freezes: [{ name: 'mine' }, { name: 'production' }],
        holidays: [{ calendar: 'germany', effect: 'frozen', zone: 'Europe/Berlin' }],
      },
    });
    expect(orders && startRefusal(orders.calendar, '2026-10-03T12:00:00.000Z')).toMatchObject({
      kind: 'frozen',
      freezes: ['Unity Day'],
      nextPossible: ['2026-10-03T22:00:00.000Z', '2026-10-10T00:00:00.000Z', '2026-10-17T00:00:00.000Z'],
    });
  });

  it('takes a lead of urgent requests only where it is shorter', () => {
    const { policy } = load(`${DOZEN}    notice_lead: 10m\n    urgent_notice_lead: 10m\n`);
    expect(policy.instances[0]).not.toHaveProperty('urgentNoticeLeadMinutes');
    expect(problems(`${DOZEN}    notice_lead: 10m\n    urgent_notice_lead: 11m\n`)).toEqual([
      expect.stringMatching(/urgent_notice_lead.*must not be longer than notice_lead, which is 10 minutes/),
    ]);
  });

  it('names a calendar file that is missing or broken, with its path and what to do', () => {
    const found = problems(
      `${DOZEN}calendars:
  gone: { file: gone.ics, zone: UTC }
  broken: { file: broken.ics, zone: UTC }
`,
      {},
      { 'broken.ics': 'BEGIN:VCALENDAR\nBEGIN:VEVENT\n' },
    );
    expect(found).toEqual([
      expect.stringMatching(/^calendars\.gone\.file: .*gone\.ics cannot be read\. Name an ICS file/),
      expect.stringMatching(/^calendars\.broken\.file: .*broken\.ics is not a calendar file .* Export it again/),
    ]);
  });
});
