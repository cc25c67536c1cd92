import { describe, expect, it } from 'vitest';
import { asksForTime } from '../../../src/restore/confirmation.ts';
import { policyForNewInstance } from '../../../src/restore/new-instance/policy.ts';
import { NEW_INSTANCE } from '../../../src/restore/policy/new-instance-rule.ts';
import { transition } from '../../../src/restore/transition.ts';
import { parseRestore } from '../../../src/store/restore-schema.ts';
import { exampleEvent } from '../../support/example-events.ts';
import { afterEvents, makePolicy, makeRestore } from '../../support/make-restore.ts';
import { askedForNew, NEW_INSTANCE_RULES, restoresOfNew } from '../../support/new-instance-messages.ts';

describe('a new instance', () => {
  it('needs no record of data that nothing happens to, and no way back', () => {
    const ready = afterEvents(askedForNew(), ['approved', 'preflight-passed']);
    expect(ready.state).toMatchObject({ status: 'ready-to-restore', baseline: { kind: 'not-taken' } });
    expect(ready.state).not.toHaveProperty('safetySnapshot');
  });

  it('that is only rehearsed never comes to the call', () => {
    const asked = askedForNew({}, { draft: { isDryRun: true } });
    const passed = afterEvents(asked, ['approved', 'preflight-passed']);
    expect(passed.state.status).toBe('requesting-safety-snapshot');
    expect(transition(passed, exampleEvent('rehearsed', passed)).kind).toBe('changed');
    expect(transition(passed, exampleEvent('restore-intended', passed)).kind).toBe('refused');
  });

  it('is read from its record as it was written, in every status', () => {
    for (const [, restore] of restoresOfNew({}, {})) {
      expect(parseRestore(JSON.stringify(restore))).toEqual(JSON.parse(JSON.stringify(restore)));
    }
  });

  it('keeps what Aura told of it first', () => {
    const made = restoresOfNew({}, {}).find(([name]) => name.endsWith('being made'))?.[1];
    if (!made?.made) throw new Error('nothing was made');
    const other = { ...made.made, auraId: 'ffffffff' };
    const again = transition(made, { ...exampleEvent('start-seen', made), made: other });
    expect(again.kind === 'changed' && again.restore.made?.auraId).toBe('0000aaaa');
  });

  it('asks who confirms for no time of data that would be lost', () => {
    expect(asksForTime(askedForNew())).toBe(false);
    expect(asksForTime(makeRestore('awaiting-approval'))).toBe(true);
  });

  it('is decided by its own approval where there is one, and tells nobody who is not chosen', () => {
    const approval = { rules: [{ name: 'budget', users: ['U9'], groups: [], needed: 1 }], denialsNeeded: 1 };
    const policy = makePolicy({ newInstance: { ...NEW_INSTANCE_RULES, approval }, urgentNoticeLeadMinutes: 5 });
    expect(policyForNewInstance(policy, {})).toMatchObject({ approval, noticeChannels: [], dependants: [] });
    expect(policyForNewInstance(makePolicy(), {}).approval).toEqual(makePolicy().approval);
  });
});

describe('what may be made', () => {
  const now = '2026-11-21T03:00:00.000Z';
  const approval = { rules: [{ name: 'budget', users: ['U9'], groups: [], needed: 1 }], denialsNeeded: 1 };
  const cases = [
    ['nothing was, something is', undefined, NEW_INSTANCE_RULES, ['loosens']],
    ['something was, nothing is', NEW_INSTANCE_RULES, undefined, ['tightens']],
    ['a higher cap', NEW_INSTANCE_RULES, { ...NEW_INSTANCE_RULES, monthlyCap: 51 }, ['loosens']],
    ['a shorter life', NEW_INSTANCE_RULES, { ...NEW_INSTANCE_RULES, longestMinutes: 1440 }, ['tightens']],
    ['fewer sizes', NEW_INSTANCE_RULES, { ...NEW_INSTANCE_RULES, sizes: ['8GB'] }, ['tightens']],
    [
      'other sizes',
      { ...NEW_INSTANCE_RULES, sizes: ['8GB'] },
      { ...NEW_INSTANCE_RULES, sizes: ['4GB'] },
      ['loosens', 'tightens'],
    ],
    ['its own approval', NEW_INSTANCE_RULES, { ...NEW_INSTANCE_RULES, approval }, ['loosens']],
    [
      'other prices',
      NEW_INSTANCE_RULES,
      { ...NEW_INSTANCE_RULES, prices: { asOf: '2026-12-01', currency: 'USD', perHour: {} } },
      ['neutral'],
    ],
    ['the same', NEW_INSTANCE_RULES, { ...NEW_INSTANCE_RULES }, []],
  ] as const;
  it.each(cases)('%s', (_, inForce, proposed, weights) => {
    expect(NEW_INSTANCE.weigh(inForce, proposed, now)).toEqual(weights);
    const tighter = NEW_INSTANCE.tighter(inForce, proposed);
    expect(NEW_INSTANCE.weigh(inForce, tighter, now)).not.toContain('loosens');
  });
});
