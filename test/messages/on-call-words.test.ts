import { describe, expect, it } from 'vitest';
import { entryLine } from '../../messages/card-history.ts';
import { onCallSentence } from '../../messages/on-call-words.ts';
import { everybody } from '../../messages/people.ts';
import { refusalText } from '../../messages/refusal.ts';
import type { OnCallLook } from '../../src/restore/on-call.ts';
import { NOW } from '../support/make-restore.ts';

const away: OnCallLook = {
  alias: 'primary',
  kind: 'unknown',
  source: { provider: 'PagerDuty', schedule: '<!here>' },
  why: 'no-answer',
};
const WORDS =
  'PagerDuty did not answer (primary, PagerDuty schedule &lt;!here&gt;); only the people and groups that the configuration names count';

describe('words about who is on call', () => {
  it('follow a refusal, with nothing in them that Slack would act on', () => {
    expect(onCallSentence([away])).toBe(` On-call schedule: ${WORDS}.`);
    expect(refusalText({ reason: 'not-an-approver', onCall: [away] }).text).toContain(WORDS);
    expect(refusalText({ reason: 'not-a-requester', alias: 'orders', onCall: [away] }).text).toContain(WORDS);
  });

  it('are left out where no schedule was looked at', () => {
    expect(onCallSentence(undefined)).toBe('');
    expect(onCallSentence([])).toBe('');
    expect(refusalText({ reason: 'not-an-approver' }).text).not.toContain('On call');
  });

  it('stand among those who are asked', () => {
    expect(everybody({ users: ['U1'], groups: ['S1'], onCall: ['primary'] })).toBe(
      '<!subteam^S1>, <@U1>, whoever is on call (primary)',
    );
    expect(everybody({ users: ['U1'], groups: [] })).toBe('<@U1>');
  });

  it("stand on the card's history, after the reason when there is one", () => {
    const entry = { seq: 1, at: NOW, previous: '', hash: '', by: 'U1' };
    const onCall = 'on call (primary, PagerDuty schedule PDB1, as of 03:04 UTC)';
    expect(entryLine({ ...entry, event: 'approved', entered: 'approved', facts: { planHash: 'x', onCall } })).toBe(
      `03:04:05 UTC confirmed by <@U1>; ${onCall}`,
    );
    expect(entryLine({ ...entry, event: 'approved', facts: { planHash: 'x', onCall } })).toBe(
      `03:04:05 UTC agreed to by <@U1>; ${onCall}`,
    );
    const refused = { attempt: 'approve', reason: 'not-an-approver', onCall };
    expect(entryLine({ ...entry, event: 'attempt-refused', facts: refused })).toBe(
      `03:04:05 UTC approval refused, tried by <@U1>: not among those who are asked; ${onCall}`,
    );
  });
});
