import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueStep } from '../../src/restore/due-step.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { areSamePerson, standingRefusal } from '../../src/restore/person.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { timesPutOff } from '../../src/restore/round.ts';
import { hasEnded, type Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { EVENT_TYPES, type EventType, exampleEvent } from '../support/example-events.ts';
import { makeRestore, STATUSES } from '../support/make-restore.ts';
import { EVERYBODY } from '../support/people.ts';

/** What usually comes next, so that a random course also gets far. */
const NEXT: Partial<Record<Status, readonly EventType[]>> = {
  'awaiting-approval': ['approved'],
  approved: ['preflight-passed'],
  'taking-baseline': ['baseline-settled'],
  'requesting-safety-snapshot': ['safety-snapshot-intended', 'safety-snapshot-requested', 'rehearsed'],
  'awaiting-safety-snapshot': ['safety-snapshot-completed'],
  'ready-to-restore': ['restore-intended', 'sent-before-seen'],
  'restore-sent': ['restore-accepted', 'start-not-seen'],
  'start-unclear': ['start-seen', 'start-judged'],
  restoring: ['running-seen', 'restore-finished', 'running-lost'],
  verifying: ['verification-finished'],
};

interface Move {
  readonly type: EventType | 'next';
  readonly person: PersonFacts;
  readonly afterMinutes: number;
  readonly isRightPlan: boolean;
  /** Which of the usual next events, when the move is `next`. */
  readonly choice: number;
}

const move: fc.Arbitrary<Move> = fc.record({
  type: fc.oneof(
    { arbitrary: fc.constant('next' as const), weight: 9 },
    { arbitrary: fc.constantFrom(...EVENT_TYPES), weight: 1 },
  ),
  person: fc.constantFrom(...EVERYBODY),
  afterMinutes: fc.nat(5),
  isRightPlan: fc.boolean(),
  choice: fc.nat(5),
});
const course = fc.array(move, { minLength: 20, maxLength: 80, size: 'max' });

/** The event of a move: by this very person, and of another plan when the move says so. */
function eventOf(restore: Restore, { type, person, afterMinutes, isRightPlan, choice }: Move): RestoreEvent {
  const at = addMinutes(restore.history.at(-1)?.at ?? restore.since, afterMinutes);
  const usual = NEXT[restore.state.status] ?? ['message-settled'];
  const chosen = type === 'next' ? (usual[choice % usual.length] ?? 'message-settled') : type;
  const event = exampleEvent(chosen, restore, at);
  if (event.type === 'approved') return { ...event, person, planHash: isRightPlan ? restore.planHash : 'another plan' };
  if ('person' in event) return { ...event, person };
  return event.type === 'attempt-refused' ? { ...event, by: person.id } : event;
}

function intentOf({ state }: Restore): string | undefined {
  return 'intent' in state ? state.intent?.attemptId : undefined;
}

interface Happening {
  readonly before: Restore;
  readonly event: RestoreEvent;
  readonly restore: Restore;
}

/** Everything that was accepted in a random course of events, one after the other. */
function happenings(moves: readonly Move[]): readonly Happening[] {
  const accepted: Happening[] = [];
  const isDryRun = moves[0]?.choice === 5;
  let before: Restore = makeRestore('awaiting-approval', { draft: { isDryRun } });
  for (const one of moves) {
    const event = eventOf(before, one);
    const outcome = transition(before, event);
    if (outcome.kind !== 'changed') continue;
    accepted.push({ before, event, restore: outcome.restore });
    before = outcome.restore;
  }
  return accepted;
}

function always(holds: (happening: Happening) => void): void {
  fc.assert(
    fc.property(course, (moves) => happenings(moves).forEach(holds)),
    { numRuns: 150 },
  );
}

const SENT: ReadonlySet<Status> = new Set(['restore-sent', 'start-unclear', 'restoring', 'verifying', 'completed']);

describe('whatever happens, in whatever order, by whomever', () => {
  it('no restore is sent without the approval of another human than the requester', () => {
    const knownById = new Map(EVERYBODY.flatMap((person) => (person.kind === 'known' ? [[person.id, person]] : [])));
    always(({ restore: { state, request, terms, planHash } }) => {
      if (!SENT.has(state.status)) return;
      const approval = 'approval' in state ? state.approval : undefined;
      const approver = knownById.get(approval?.by ?? '');
      expect(approval?.planHash).toBe(planHash);
      expect(approver && standingRefusal(approver)).toBeUndefined();
      expect(areSamePerson(approval?.by ?? request.requestedBy, request.requestedBy, terms.samePeople)).toBe(false);
    });
  });

  it('no restore is sent without a completed safety snapshot and a saved intent', () => {
    always(({ restore: { state } }) => {
      if (!SENT.has(state.status)) return;
      expect(state).toMatchObject({
        safetySnapshot: { completedAt: expect.any(String) },
        intent: { attemptId: expect.stringMatching(/^attempt-[01]$/) },
      });
    });
  });

  it('a dry run takes no snapshot and sends nothing', () => {
    always(({ restore: { plan, state } }) => {
      if (!plan.dryRun) return expect(state.status).not.toBe('rehearsed');
      expect('safetySnapshot' in state && state.safetySnapshot).toBeFalsy();
      expect('intent' in state && state.intent).toBeFalsy();
    });
  });

  it('at most one restore call is intended', () => {
    always(({ restore: { history } }) => {
      expect(history.filter(({ event }) => event === 'restore-intended').length).toBeLessThanOrEqual(1);
    });
  });

  it('a restore that ended stays as it ended: only its history and its messages go on', () => {
    always(({ before, restore }) => {
      if (!hasEnded(before.state.status)) return;
      const { version: _, history: __, deliveries: ___, ...kept } = before;
      expect(restore).toMatchObject(kept);
      expect(restore.state).toBe(before.state);
    });
  });

  it('every change is one entry: the version counts them, and the chain holds', () => {
    always(({ before, restore }) => {
      expect(restore.version).toBe(restore.history.length);
      expect(restore.history.slice(0, -1)).toEqual(before.history);
      expect(firstBrokenEntry(restore.history)).toBeUndefined();
    });
  });

  it('the request is never touched, the terms only by tighter rules, and the plan only while people are asked', () => {
    always(({ before, event, restore }) => {
      const terms = event.type === 'rules-tightened' ? event.terms : before.terms;
      expect([restore.request, restore.terms]).toEqual([before.request, terms]);
      expect(restore.planHash).toBe(hashPlan(restore.plan));
      if (event.type !== 'edited' && event.type !== 'drifted') expect(restore.plan).toEqual(before.plan);
      else expect(restore.state).toMatchObject({ status: 'awaiting-approval', votes: [] });
    });
  });

  it('a turn is new exactly when a status was entered', () => {
    always(({ before, restore }) => {
      const hasEntered = restore.history.at(-1)?.entered !== undefined;
      expect(restore.turn).toBe(before.turn + (hasEntered ? 1 : 0));
      expect(restore.history.findLast(({ entered }) => entered)?.entered).toBe(restore.state.status);
    });
  });

  it('a step is owed until the end and not after it', () => {
    always(({ restore }) => {
      expect(dueStep(restore) === undefined).toBe(hasEnded(restore.state.status));
    });
  });

  it('nothing that was settled is owed again', () => {
    always(({ restore }) => {
      for (const { key } of owedMessages(restore)) expect(restore.deliveries).not.toHaveProperty([key]);
    });
  });

  it('nobody is told of an end who was not told of the start, unless a restore call was sent', () => {
    always(({ restore }) => {
      for (const { kind, to } of owedMessages(restore))
        if (kind === 'outcome') {
          const notices = Object.entries(restore.deliveries).filter(([key]) => key.startsWith(`planned:${to}`));
          const wasTold = notices.some(([, { status }]) => status === 'posted');
          expect(wasTold || intentOf(restore) !== undefined).toBe(true);
          if (!wasTold) expect(restore.deliveries[plannedKey(to, timesPutOff(restore))]).toBeUndefined();
        }
    });
  });
});

it('a random course is long enough to reach every status', () => {
  const reached = new Set<Status>(['awaiting-approval']);
  for (const moves of fc.sample(course, { numRuns: 1000, seed: 17 }))
    for (const { restore } of happenings(moves)) reached.add(restore.state.status);
  expect([...reached].sort()).toEqual([...STATUSES].sort());
});
