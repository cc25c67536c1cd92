import { describe, expect, it } from 'vitest';
import { FIELD } from '../../messages/action-ids.ts';
import { delegationForm } from '../../messages/delegation-form.ts';
import type { AdviceShown, RestoreFormModel } from '../../messages/form-model.ts';
import { restoreForm } from '../../messages/restore-form.ts';
import { snapshotOptions } from '../../messages/snapshot-options.ts';
import { validateOptionGroups, validateView } from '../../playground/slack/block-kit-rules.ts';
import { WEEKDAYS } from '../../src/restore/calendar-times.ts';
import type { Method } from '../../src/restore/plan.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { HANDED_OVER, HOSTILE, LONGEST_POLICY, many, mrkdwnIn } from '../support/longest.ts';
import { makePolicy, NOW } from '../support/make-restore.ts';

const IN_TOKYO = { language: 'en', zone: 'Asia/Tokyo' } as const;

describe('the advice in the form', () => {
  const policy = makePolicy({ methods: ['restore-snapshot', 'new-instance'] });
  const look = { kind: 'seen', status: 'running', memory: '4GB', snapshotCount: 3, daysRead: 8, daysKept: 8 } as const;
  const start = { kind: 'when-confirmed' } as const;
  const line = (advice: AdviceShown, method: Method) => {
    const model = { now: NOW, instances: [policy], start, chosen: { policy, look, advice }, method };
    return JSON.stringify(restoreForm(model).blocks.find((block) => JSON.stringify(block).includes('*Advice:*')));
  };

  it.each([
    ['restore-snapshot', 'Only as far back as Aura keeps snapshots'],
    ['new-instance', 'It costs money until it is removed'],
  ] as const)('says the limits of the way that it advises: %s', (advised, limit) => {
    for (const method of ['restore-snapshot', 'new-instance'] as const)
      expect(line({ method: advised, reasons: [] }, method)).toContain(`*Its limits:* ${limit}`);
  });

  it('says what the advised way takes, also while another one is chosen: by its own history, or by a rule of thumb', () => {
    const took = [
      { ms: 600_000, unsureMs: 0 },
      { ms: 1_200_000, unsureMs: 0 },
    ];
    const earlier = { of: 'instance', took } as const;
    const advice = { method: 'restore-snapshot', reasons: [] } as const;
    for (const method of ['restore-snapshot', 'new-instance'] as const) {
      expect(line({ ...advice, earlier }, method)).toContain(
        '*Expected time:* 10 min to 20 min, by 2 earlier restores of this instance.',
      );
      expect(line(advice, method)).toMatch(/\*Expected time:\* 5 min to 17 min, a rule of thumb/);
    }
  });
});

describe('the form', () => {
  const policy = makePolicy(LONGEST_POLICY);
  const snapshots = many(900, (index) => ({
    snapshotId: `snapshot-${index}`,
    takenAt: new Date(Date.parse(NOW) - index * 3_600_000).toISOString(),
    profile: 'Scheduled',
    status: index === 0 ? 'InProgress' : 'Completed',
    exportable: index % 24 === 0,
  }));

  it('fits at its longest and with nothing chosen', () => {
    const base = {
      now: NOW,
      instances: many(150, (index) => ({ ...policy, alias: `instance-${index}` })),
    };
    const start = { kind: 'at', at: NOW } as const;
    expect(validateView({ ...restoreForm({ ...base, start: { kind: 'when-confirmed' } }) })).toEqual([]);
    for (const look of [
      { kind: 'looking' },
      { kind: 'trouble', words: HOSTILE.repeat(50) },
      { kind: 'seen', status: HOSTILE, memory: '8GB', snapshotCount: 900, daysRead: 3, daysKept: 61 },
    ] as const) {
      const view = restoreForm({
        ...base,
        start,
        chosen: { policy, look, claimedBy: { id: 'R-1', link: 'https://x.example' } },
        snapshot: snapshots[1],
        reasonKind: 'security-incident',
      });
      expect(validateView({ ...view })).toEqual([]);
      for (const text of mrkdwnIn(view.blocks)) expect(text).not.toContain('<!channel>');
    }
  });

  it('offers the next possible starts, an override where one is configured, and says what closes too early', () => {
    const look = { kind: 'seen', status: 'running', snapshotCount: 1, daysRead: 1, daysKept: 1 } as const;
    const nights = { days: WEEKDAYS, from: '22:00', to: '22:20', zone: 'UTC' };
    const christmas = {
      name: `Christmas ${HOSTILE}`,
      from: '2026-12-01T00:00:00.000Z',
      to: '2027-01-01T00:00:00.000Z',
    };
    const approvers = { users: ['U9'], groups: [] };
    const draw = (facts: Partial<InstancePolicy>, model: Partial<RestoreFormModel>) => {
      const { overrideApprovers: _, ...longest } = LONGEST_POLICY;
      const chosen = { policy: makePolicy({ ...longest, ...facts }), look };
      const start = { kind: 'when-confirmed' } as const;
      const view = restoreForm({ now: NOW, instances: [chosen.policy], chosen, start, ...model }, IN_TOKYO);
      expect(validateView({ ...view })).toEqual([]);
      for (const text of mrkdwnIn(view.blocks)) expect(text).not.toContain('<!channel>');
      return JSON.stringify(view);
    };
    const windows = { calendar: { windows: [nights], freezes: [] } };
    const offered = draw(windows, {});
    expect(offered).toContain('Cannot start then');
    expect(offered).toContain('At the next possible start: 22 Nov 07:00 (22:00 UTC)');
    expect(offered).toContain('"value":"at:2026-11-23T22:00:00.000Z"');
    const late = draw(windows, { start: { kind: 'at', at: '2026-11-21T22:00:00.000Z', isOffered: true } });
    expect(late).toContain('"initial_option":{"text":{"type":"plain_text","text":"At the next possible start');
    expect(late).toContain('may last longer');
    expect(late).not.toContain('Cannot start then');

    const frozen = { calendar: { windows: [], freezes: [christmas] } };
    const start = { kind: 'at', at: '2026-12-24T12:00:00.000Z' } as const;
    expect(draw(frozen, { start })).not.toContain('with an override');
    const overridable = { ...frozen, overrideApprovers: approvers };
    expect(draw(overridable, { start })).toContain('Start in the freeze, with an override');
    expect(draw(overridable, { start })).not.toContain(FIELD.overrideReason);
    expect(draw(overridable, { start, wantsOverride: true })).toContain(FIELD.overrideReason);
  });

  it('offers restore points newest first, says which cannot be used, and finds older ones by date', () => {
    const all = snapshotOptions(snapshots, { now: NOW, query: '' }, IN_TOKYO);
    expect(validateOptionGroups(all.option_groups)).toEqual([]);
    expect(all.option_groups.flatMap(({ options }) => options)).toHaveLength(100);
    expect(all.option_groups[0]?.options[0]?.text.text).toContain('CANNOT BE USED');
    const found = snapshotOptions(snapshots, { now: NOW, query: '2026-10-20' }, { language: 'en' });
    expect(found.option_groups.map(({ label }) => label.text)).toEqual(['2026-10-20 (UTC)']);
  });

  it('shows the data loss growing as time passes', () => {
    const chosen = {
      policy: makePolicy(),
      look: { kind: 'seen', status: 'running', snapshotCount: 1, daysRead: 1, daysKept: 1 },
    } as const;
    const at = (now: string) =>
      JSON.stringify(
        restoreForm({
          now,
          instances: [makePolicy()],
          chosen,
          snapshot: snapshots[3],
          start: { kind: 'when-confirmed' },
        }),
      );
    expect(at(NOW)).toContain('3 h if it were now');
    expect(at('2026-11-21T05:04:05.000Z')).toContain('5 h if it were now');
  });
});

it('the form to hand a place over stays within the limits, and names nobody twice', () => {
  const delegations = many(60, (index) => ({ ...HANDED_OVER, id: `D-${index}` }));
  expect(validateView({ ...delegationForm({ person: 'U1', now: NOW, delegations, to: 'U3' }) })).toEqual([]);
});
