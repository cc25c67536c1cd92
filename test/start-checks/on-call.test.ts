import { describe, expect, it } from 'vitest';
import type { OnCallAnswer } from '../../src/on-call/on-call.ts';
import { createOnCallCheck } from '../../src/start-checks/on-call-check.ts';

const source = { provider: 'PagerDuty', schedule: 'PDB1' } as const;
const known = { kind: 'known', people: ['U1'], unmatched: 0, asOf: '2026-11-21T03:04:05.000Z', source } as const;
const found = (answer: OnCallAnswer) =>
  createOnCallCheck({ onCall: { whoIsOn: async () => answer }, aliases: ['primary'] }).find();

describe('the check of on-call schedules', () => {
  it('finds nothing when somebody is on call and known to Slack', async () => {
    expect(await found(known)).toEqual([]);
  });

  it('says why a schedule cannot be read', async () => {
    expect(await found({ kind: 'unknown', why: 'token-refused', source })).toEqual([
      expect.objectContaining({
        weight: 'fault',
        words: expect.stringContaining("PagerDuty did not accept the bot's key (primary, PagerDuty schedule PDB1)"),
      }),
    ]);
  });

  it('doubts a schedule that nobody is on, and people without a Slack account', async () => {
    expect(await found({ ...known, people: [] })).toEqual([
      expect.objectContaining({ weight: 'doubt', words: expect.stringContaining('an escalation policy uses') }),
    ]);
    expect(await found({ ...known, unmatched: 1 })).toEqual([
      expect.objectContaining({ weight: 'doubt', words: expect.stringContaining('on_call.people') }),
    ]);
  });
});
