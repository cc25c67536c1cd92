import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { dueStep } from '../../src/restore/due-step.ts';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, makeRestore, NOW, STATUSES } from '../support/make-restore.ts';
import { APPROVER } from '../support/people.ts';

/** Where the schema found something wrong, as dotted paths. */
function problemPaths(document: unknown): readonly string[] {
  try {
    parseRestore(JSON.stringify(document));
    return [];
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    return error.issues.map(({ path }) => path.join('.'));
  }
}

describe('a stored record', () => {
  it.each(STATUSES)('that is %s is read as it was written', (status) => {
    const restore: Restore = makeRestore(status);
    expect(parseRestore(JSON.stringify(restore))).toEqual(restore);
  });

  it('is read as it was written with every optional fact there is', () => {
    const restoring = afterEvents(makeRestore('restoring'), [
      'start-seen',
      'running-seen',
      'step-observed',
      'stall-noticed',
      'message-settled',
      'attempt-refused',
    ]);
    expect(parseRestore(JSON.stringify(restoring))).toEqual(restoring);
    const onCall = makeRestore('approved', {
      policy: { approval: oneApprover({ users: [APPROVER.id], groups: [], onCall: ['primary'] }) },
    });
    expect(parseRestore(JSON.stringify(onCall))).toEqual(onCall);
    const voted = followedBy(makeRestore('awaiting-approval', { policy: { approval: onCall.terms.approval } }), {
      ...exampleEvent('approved', makeRestore('awaiting-approval')),
      person: { ...APPROVER, onCall: ['primary'] },
    });
    expect(voted.state).toMatchObject({ approval: { votes: [{ onCall: ['primary'] }] } });
    expect(parseRestore(JSON.stringify(voted))).toEqual(voted);
    const edited = afterEvents(makeRestore('approved'), ['drifted', 'edited']);
    expect(parseRestore(JSON.stringify(edited))).toEqual(edited);
    const asked = afterEvents(makeRestore('requesting-safety-snapshot'), ['safety-snapshot-intended']);
    expect(parseRestore(JSON.stringify(asked))).toEqual(asked);
    const sent = makeRestore('restore-sent');
    const unwatched = { from: NOW, until: NOW, times: 1 };
    const watched = followedBy(sent, {
      ...exampleEvent('step-observed', sent),
      watch: { since: NOW, lookedAt: NOW, unwatched },
    });
    expect(watched.state).toMatchObject({ watch: { unwatched } });
    expect(parseRestore(JSON.stringify(watched))).toEqual(watched);
  });

  it('keeps the hashes that people agreed to and the history is chained by', () => {
    const read = parseRestore(JSON.stringify(makeRestore('completed')));
    expect(hashPlan(read.plan)).toBe(read.planHash);
    expect(firstBrokenEntry(read.history)).toBeUndefined();
  });
});

describe('a record that cannot be read is refused with the path of what is wrong', () => {
  const restore = makeRestore('restoring');
  const { state } = restore;
  const { safetySnapshot: _, ...unsafe } = state;

  it.each([
    ['a status nobody knows', { ...restore, state: { ...state, status: 'resting' } }, 'state.status'],
    ['a restoring without its safety snapshot', { ...restore, state: unsafe }, 'state.safetySnapshot'],
    ['an approval without a person', altered({ approval: { ...state.approval, by: undefined } }), 'state.approval.by'],
    ['an instant that is none', { ...restore, since: 'yesterday' }, 'since'],
    [
      'terms that name nobody who may approve',
      { ...restore, terms: { ...restore.terms, approval: undefined } },
      'terms.approval',
    ],
    ['a later schema', { ...restore, schemaVersion: 2 }, 'schemaVersion'],
    ['no schema version', { ...restore, schemaVersion: undefined }, 'schemaVersion'],
    ['a plan for another method', { ...restore, plan: { ...restore.plan, method: 'copy' } }, 'plan.method'],
    ['an entry without its hash', { ...restore, history: [{ ...restore.history[0], hash: null }] }, 'history.0.hash'],
  ])('%s', (_name, document, path) => {
    expect(problemPaths(document)).toContain(path);
  });

  it.each([
    ['the plan', { ...restore, plan: { ...restore.plan, onlyPretend: true } }, 'plan'],
    ['the terms', { ...restore, terms: { ...restore.terms, thirdPerson: true } }, 'terms'],
    [
      'who must agree',
      { ...restore, terms: { ...restore.terms, approval: { ...restore.terms.approval, quorum: 3 } } },
      'terms.approval',
    ],
    ['the state', altered({ isPaused: true }), 'state'],
    [
      'a vote',
      altered({ approval: { ...state.approval, votes: [{ ...state.approval.votes[0], onlyIf: 'x' }] } }),
      'state.approval.votes.0',
    ],
    ['the request', { ...restore, request: { ...restore.request, byOrderOf: 'U1' } }, 'request'],
    ['the record', { ...restore, interrupted: true }, ''],
  ])('what a newer release wrote into %s', (_name, document, path) => {
    expect(problemPaths(document)).toContain(path);
  });

  it('but not what it wrote into the history and of messages: that is kept as it is', () => {
    const [first] = restore.history;
    const delivery = { status: 'posted', channel: 'C1', ts: '1.1', at: NOW, isPinned: true };
    const newer = { ...restore, history: [{ ...first, trace: 't1' }], deliveries: { 'planned:C1': delivery } };
    expect(parseRestore(JSON.stringify(newer))).toEqual(newer);
  });

  it('half a document', () => {
    expect(() => parseRestore(JSON.stringify(restore).slice(0, 500))).toThrow(SyntaxError);
  });

  function altered(facts: object): unknown {
    return { ...restore, state: { ...state, ...facts } };
  }
});

describe('a record written by the first release', () => {
  const stored = readFileSync(new URL('../fixtures/record-v1.json', import.meta.url), 'utf8');

  it('is still read, whole, its one approver as one rule with one vote', () => {
    const written = JSON.parse(stored);
    const { approvers, ...terms } = written.terms;
    const { approval } = written.state;
    const { by, at, planHash } = approval;
    const votes = [{ by, at, kind: 'approve', planHash, countsFor: ['approvers'] }];
    expect(parseRestore(stored)).toEqual({
      ...written,
      terms: {
        ...terms,
        requestExpiryMinutes: 60,
        approval: { rules: [{ name: 'approvers', needed: 1, ...approvers }], denialsNeeded: 1 },
      },
      state: { ...written.state, approval: { ...approval, votes } },
    });
  });

  it('that waits for approval goes on: it can be approved as it could then', () => {
    const { approval: _, ...terms } = makeRestore('awaiting-approval').terms;
    const { votes: __, ...state } = makeRestore('awaiting-approval').state;
    const approvers = { users: [APPROVER.id], groups: [] };
    const old = parseRestore(
      JSON.stringify({ ...makeRestore('awaiting-approval'), terms: { ...terms, approvers }, state }),
    );
    expect(followedBy(old, exampleEvent('approved', old)).state.status).toBe('approved');
  });

  it('still says what is due and still proves what was agreed to', () => {
    const restore = parseRestore(stored);
    expect(dueStep(restore)?.step).toBe('watch-restore');
    expect(hashPlan(restore.plan)).toBe(restore.planHash);
    expect(firstBrokenEntry(restore.history)).toBeUndefined();
  });
});
