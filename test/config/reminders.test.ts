import { describe, expect, it } from 'vitest';
import { configOf, ordersFile, problemsIn } from '../support/config-file.ts';

const load = (instance: string, more = '') =>
  configOf(ordersFile(instance, more), { PAGERDUTY_TOKEN: 'p' }).policy.instances[0];

const problems = (...given: Parameters<typeof load>) => problemsIn(() => load(...given));

const APPROVERS = 'approvers: { groups: [S1] }';
const OFFICE = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' };

describe('reminders in the configuration', () => {
  it.each([
    ['the bot’s own hour', '', [10, 30]],
    ['four hours', 'defaults: { request_expiry: 4h }', [10, 30, 120]],
    ['two hours', 'defaults: { request_expiry: 2h }', [10, 30]],
    ['ten minutes', 'defaults: { request_expiry: 10m }', []],
  ])(
    'come after 10 minutes, half an hour and two hours, each only before a request expires: %s',
    (_, defaults, after) => {
      expect(load(APPROVERS, defaults)?.reminders?.afterMinutes).toEqual(after);
      expect(load(`${APPROVERS}\n    reminders: { nudges: { most: 1 } }`, defaults)?.reminders?.afterMinutes).toEqual(
        after,
      );
    },
  );

  it('come in working hours when nothing is said, and can be nudged', () => {
    expect(load(APPROVERS)?.reminders).toEqual({
      afterMinutes: [10, 30],
      nudges: { everyMinutes: 15, most: 3 },
      escalation: [],
      workingHours: OFFICE,
    });
  });

  it('are what the instance, its environment or the defaults say, the narrowest first', () => {
    const defaults = 'defaults: { reminders: { after: [1h] }, escalation: { fallback: { after: 30m, users: [U7] } } }';
    expect(load(APPROVERS, defaults)?.reminders).toMatchObject({
      afterMinutes: [60],
      escalation: [{ stage: 'fallback', afterMinutes: 30, users: ['U7'], groups: [] }],
    });
    expect(
      load(`${APPROVERS}\n    reminders: { after: [5s], nudges: { most: 1 } }`, defaults)?.reminders,
    ).toMatchObject({
      afterMinutes: [5 / 60],
      nudges: { everyMinutes: 15, most: 1 },
    });
  });

  it('escalate to a fallback and to schedules, and say for each rule whether these people may agree', () => {
    const policy = load(
      'approvers: { groups: [S1], escalates_to: [on_call, fallback] }\n    escalation: { fallback: { after: 30m, groups: [S2] }, on_call: { after: 45m, schedules: [databases] } }',
      'on_call: { schedules: { databases: { provider: pagerduty, id: P1 } } }',
    );
    expect(policy?.reminders?.escalation).toEqual([
      { stage: 'fallback', afterMinutes: 30, users: [], groups: ['S2'] },
      { stage: 'on-call', afterMinutes: 45, users: [], groups: [], onCall: ['databases'] },
    ]);
    expect(policy?.approval.rules).toEqual([
      { name: 'approvers', needed: 1, users: [], groups: ['S1'], escalatesTo: ['on-call', 'fallback'] },
    ]);
  });

  it.each([
    [
      'waits that do not grow',
      'reminders: { after: [30m, 10m] }',
      'instances.orders.reminders.after: must be longer and longer waits, such as [10m, 30m, 2h]: each one longer than the one before',
    ],
    [
      'waits that stay the same',
      'reminders: { after: [10m, 20m, 30m] }',
      'instances.orders.reminders.after: must be longer and longer waits, such as [10m, 30m, 2h]: each one longer than the one before',
    ],
    [
      'a wait of nothing',
      'reminders: { after: [0m] }',
      'instances.orders.reminders.after: must be longer and longer waits',
    ],
    [
      'a fallback of nobody',
      'escalation: { fallback: { after: 30m } }',
      'instances.orders.escalation.fallback: must be at least one user or group',
    ],
    ['an escalation to nobody', 'escalation: {}', 'instances.orders.escalation: must be fallback, on_call, or both'],
    [
      'whoever is on call before the fallback',
      'escalation: { fallback: { after: 30m, users: [U1] }, on_call: { after: 30m, schedules: [x] } }',
      'instances.orders.escalation: must be fallback first: its after must be shorter than that of on_call',
    ],
    [
      'a schedule that is not there',
      'escalation: { on_call: { after: 30m, schedules: [x] } }',
      'instances.orders.escalation.on_call.schedules: names x, which is not under on_call.schedules',
    ],
  ])('are refused with what to do: %s', (_, line, problem) => {
    expect(problems(`${APPROVERS}\n    ${line}`)).toEqual([expect.stringContaining(problem)]);
  });

  it('are refused when a rule escalates to a stage that is not there, or that nobody knows', () => {
    expect(problems('approvers: { groups: [S1], escalates_to: [fallback] }')).toEqual([
      'instances.orders.escalation.fallback: is missing, and the rule "approvers" escalates to it: say after how long and to whom, here or under defaults',
    ]);
    expect(problems('approvers: { groups: [S1], escalates_to: [boss] }')).toEqual([
      'instances.orders.approvers.escalates_to.0: must be fallback or on_call: the stages of escalation',
    ]);
  });
});
