import { describe, expect, it } from 'vitest';
import { type Setting, settingChanges, tighterInstance } from '../../../src/restore/policy/instance-rules.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import type { ReminderTerms } from '../../../src/restore/terms.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';

type Facts = Partial<InstancePolicy>;

const weightsOf = (from: Facts, to: Facts) =>
  settingChanges(makePolicy(from), makePolicy(to), NOW).map(({ setting, weights }) => [setting, ...weights]);
const meanwhile = (from: Facts, to: Facts, setting: Setting) =>
  tighterInstance(makePolicy(from), makePolicy(to), NOW)[setting];

const REMINDERS: ReminderTerms = { afterMinutes: [10], nudges: { everyMinutes: 15, most: 3 }, escalation: [] };
const ESCALATION: ReminderTerms['escalation'] = [{ stage: 'fallback', afterMinutes: 30, users: ['U0L'], groups: [] }];

describe('a setting of which one value is tighter', () => {
  it.each<[Setting, tighter: Facts, looser: Facts]>([
    ['environment', { environment: 'production' }, { environment: 'staging' }],
    ['environment', { environment: 'staging' }, { environment: 'development' }],
    ['requesters', { requesters: { users: ['U0A'], groups: [] } }, {}],
    ['overrideApprovers', {}, { overrideApprovers: { users: ['U0A'], groups: [] } }],
    ['stakeholders', { stakeholders: { users: ['U0A'], groups: [], channelsToo: true } }, {}],
    ['noticeLeadMinutes', { noticeLeadMinutes: 20 }, { noticeLeadMinutes: 15 }],
    ['urgentNoticeLeadMinutes', {}, { urgentNoticeLeadMinutes: 5 }],
    ['urgentNoticeLeadMinutes', { urgentNoticeLeadMinutes: 9 }, { urgentNoticeLeadMinutes: 5 }],
    ['requestExpiryMinutes', { requestExpiryMinutes: 30 }, { requestExpiryMinutes: 60 }],
    ['executionExpiryMinutes', { executionExpiryMinutes: 20 }, { executionExpiryMinutes: 30 }],
    ['lossBoundMinutes', { lossBoundMinutes: 5 }, { lossBoundMinutes: 10 }],
    ['fileLoadMinutes', { fileLoadMinutes: 30 }, { fileLoadMinutes: 90 }],
    ['fileLoadMinutes', { fileLoadMinutes: 30 }, {}],
    ['requiredFields', { requiredFields: ['ticket'] }, { requiredFields: [] }],
    ['objections', { objections: 'hold' }, { objections: 'tell' }],
    ['delegation', { delegation: 'forbidden' }, {}],
  ])('%s: it holds at once, and the looser one waits', (setting, tighter, looser) => {
    expect(weightsOf(looser, tighter)).toEqual([[setting, 'tightens']]);
    expect(weightsOf(tighter, looser)).toEqual([[setting, 'loosens']]);
    expect(weightsOf(tighter, tighter)).toEqual([]);
    for (const [from, to] of [
      [looser, tighter],
      [tighter, looser],
    ] as const)
      expect(meanwhile(from, to, setting)).toEqual(makePolicy(tighter)[setting]);
    const kept = tighterInstance(makePolicy(tighter), makePolicy({ ...looser, contact: 'another team' }), NOW);
    expect(kept).toEqual(makePolicy({ ...tighter, contact: 'another team' }));
    expect(setting in kept).toBe(setting in makePolicy(tighter));
  });

  it('where nothing is said of how long a file may take is the usual time', () => {
    expect(weightsOf({}, { fileLoadMinutes: 121 })).toEqual([['fileLoadMinutes', 'loosens']]);
    expect(weightsOf({ fileLoadMinutes: 121 }, {})).toEqual([['fileLoadMinutes', 'tightens']]);
    expect(meanwhile({}, { fileLoadMinutes: 121 }, 'fileLoadMinutes')).toBe(120);
  });

  it('asked for both ways holds in both', () => {
    expect(weightsOf({ requiredFields: ['ticket'] }, { requiredFields: ['expected-impact'] })).toEqual([
      ['requiredFields', 'loosens', 'tightens'],
    ]);
    expect(
      meanwhile({ requiredFields: ['ticket'] }, { requiredFields: ['expected-impact'] }, 'requiredFields'),
    ).toEqual(['ticket', 'expected-impact']);
  });
});

describe('a setting of which nobody can tell which value is tighter', () => {
  it.each<[Setting, Facts, Facts]>([
    ['alias', { alias: 'orders' }, { alias: 'prices' }],
    ['approvalsChannel', { approvalsChannel: 'C1' }, { approvalsChannel: 'C2' }],
    ['auditChannel', { auditChannel: 'C1' }, { auditChannel: 'C2' }],
  ])('%s: stays as it is until people have agreed', (setting, one, other) => {
    expect(weightsOf(one, other)).toEqual([[setting, 'loosens']]);
    expect(weightsOf(other, one)).toEqual([[setting, 'loosens']]);
    expect(meanwhile(one, other, setting)).toEqual(one[setting]);
  });

  it('that this release does not know is among them', () => {
    const later = (value: string | undefined) =>
      ({ ...makePolicy(), ...(value ? { ofALaterRelease: value } : {}) }) as InstancePolicy;
    expect(settingChanges(later('a'), later('b'), NOW)).toEqual([{ setting: 'ofALaterRelease', weights: ['loosens'] }]);
    expect(settingChanges(later('a'), later('a'), NOW)).toEqual([]);
    expect(tighterInstance(later('a'), later('b'), NOW)).toEqual(later('a'));
    expect(tighterInstance(later('a'), later(undefined), NOW)).toEqual(later('a'));
    expect(tighterInstance(later(undefined), later('b'), NOW)).toEqual(later(undefined));
  });
});

describe('a setting that binds nobody who decides', () => {
  it.each<[Setting, Facts, Facts]>([
    ['noticeChannels', { noticeChannels: ['C1'] }, { noticeChannels: ['C2'] }],
    ['contact', { contact: 'one' }, { contact: 'two' }],
    ['actionRequired', { actionRequired: 'one' }, { actionRequired: 'two' }],
    ['objectives', { objectives: { rpoMinutes: 1 } }, { objectives: {} }],
    ['retentionDays', { retentionDays: 7 }, {}],
    ['estimate', { estimate: { fromMinutes: 1, toMinutes: 2 } }, {}],
    ['updateMinutes', { updateMinutes: 30 }, { updateMinutes: 60 }],
    ['checkNames', { checkNames: ['a'] }, { checkNames: [] }],
    ['workingHours', { workingHours: { days: ['mon'], from: '09:00', to: '17:00' } }, {}],
    ['language', { language: 'de' }, {}],
    ['reminders', { reminders: REMINDERS }, { reminders: { ...REMINDERS, afterMinutes: [20] } }],
    ['reminders', { reminders: REMINDERS }, {}],
  ])('%s: is at once what the file says', (setting, one, other) => {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(weightsOf(from, to)).toEqual([[setting, 'neutral']]);
      expect(tighterInstance(makePolicy(from), makePolicy(to), NOW)).toEqual(makePolicy(to));
    }
  });
});

describe('those whom a request escalates to', () => {
  const before = { reminders: { ...REMINDERS, escalation: ESCALATION } };

  it('stay until people have agreed to others, or to any; when people are reminded does not', () => {
    const after = { reminders: { ...REMINDERS, afterMinutes: [20] } };
    expect(weightsOf(before, after)).toEqual([['reminders', 'loosens']]);
    expect(weightsOf({}, before)).toEqual([['reminders', 'loosens']]);
    expect(meanwhile(before, after, 'reminders')).toEqual({ ...after.reminders, escalation: ESCALATION });
    expect(meanwhile({}, before, 'reminders')).toEqual(REMINDERS);
    expect(meanwhile(before, {}, 'reminders')).toBeUndefined();
  });
});

describe('how data may come back', () => {
  const methods = (...some: NonNullable<InstancePolicy['methods']>) => ({ methods: some });

  it('is looser with every further method, and only from own snapshots where nothing is said', () => {
    const both = methods('restore-snapshot', 'overwrite');
    expect(weightsOf({}, both)).toEqual([['methods', 'loosens']]);
    expect(weightsOf(both, {})).toEqual([['methods', 'tightens']]);
    expect(weightsOf(both, methods('overwrite'))).toEqual([['methods', 'tightens']]);
    expect(weightsOf({}, methods('restore-snapshot'))).toEqual([]);
    expect(weightsOf(methods('restore-snapshot'), methods('overwrite'))).toEqual([['methods', 'loosens', 'tightens']]);
  });

  it('is meanwhile by those methods that both allow', () => {
    expect(meanwhile({}, methods('restore-snapshot', 'overwrite'), 'methods')).toEqual(['restore-snapshot']);
    expect(meanwhile(methods('overwrite'), methods('restore-snapshot', 'overwrite'), 'methods')).toEqual(['overwrite']);
    expect(meanwhile(methods('overwrite'), {}, 'methods')).toEqual([]);
  });
});

it('a tighter lead of urgent requests is the longer of two, and that of every request when one side has none', () => {
  const leads = (from?: number, to?: number) =>
    meanwhile(
      from === undefined ? {} : { urgentNoticeLeadMinutes: from },
      { ...(to === undefined ? {} : { urgentNoticeLeadMinutes: to }) },
      'urgentNoticeLeadMinutes',
    );
  expect([leads(9, 5), leads(5, 9), leads(undefined, 5), leads(5, undefined)]).toEqual([9, 9, undefined, undefined]);
});
