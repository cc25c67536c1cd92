import { entered, noted, type Outcome, reached, refused, sentPart, verifying } from './change.ts';
import { WRONG_ANSWER } from './confirmation.ts';
import { alreadyPast } from './decision-refusal.ts';
import { canStillBeStopped } from './due-step.ts';
import { afterEdit } from './edit.ts';
import type { PersonEvent } from './event.ts';
import { afterLooking } from './look.ts';
import { afterNudge } from './nudge.ts';
import { afterAcknowledging, afterAnswering, afterObjecting } from './objection.ts';
import { involvementRefusal, mayActFor, standingRefusal } from './person.ts';
import { afterAccepting, afterDeclining } from './proviso-rules.ts';
import type { Restore } from './restore.ts';
import { hasEnded, type StateOf } from './state.ts';
import { afterTakingBack, afterVote } from './vote-rules.ts';

/** How many refusals of one person, attempt and reason the history has room for; each further one is a record of its own. */
const KEPT_REFUSALS = 5;
/** What the last of them says, so that nobody reads the history as if there had been no more. */
const LAST_KEPT = { furtherKept: 'apart' } as const;

/** The rules for what a person did: who they are first, then whether the moment is right, then the change. */
export function afterPerson(restore: Restore, event: PersonEvent): Outcome {
  const { state, request } = restore;
  if (isRepeated(restore, event)) return { kind: 'repeated' };
  switch (event.type) {
    case 'approved':
    case 'denied':
      return afterVote(restore, event);
    case 'vote-taken-back':
      return afterTakingBack(restore, event);
    case 'proviso-accepted':
      return afterAccepting(restore, event);
    case 'proviso-declined':
      return afterDeclining(restore, event);
    case 'looking':
      return afterLooking(restore, event);
    case 'edited':
      return afterEdit(restore, event);
    case 'nudged':
      return afterNudge(restore, event);
    case 'acknowledged':
      return afterAcknowledging(restore, event);
    case 'objected':
      return afterObjecting(restore, event);
    case 'objections-answered':
      return afterAnswering(restore, event);
    case 'withdrawn': {
      const refusal = standingRefusal(event.person);
      if (refusal) return refused(refusal);
      const { requestedBy } = request;
      if (!mayActFor(event.person.id, requestedBy, restore.terms))
        return refused({ reason: 'not-the-requester', requestedBy });
      if (state.status !== 'awaiting-approval') return refused(alreadyPast(restore));
      return entered(restore, event, { status: 'withdrawn', by: event.person.id, at: event.at });
    }
    case 'cancelled': {
      const refusal = involvementRefusal(restore, event.person);
      if (refusal) return refused(refusal);
      if (hasEnded(state.status)) return refused(alreadyPast(restore));
      if (!canStillBeStopped(state.status)) return refused({ reason: 'too-late-to-stop', status: state.status });
      return entered(restore, event, {
        status: 'cancelled',
        by: event.person.id,
        at: event.at,
        ...reached(state),
      });
    }
    case 'start-judged': {
      const refusal = involvementRefusal(restore, event.person);
      if (refusal) return refused(refusal);
      if (!mayBeJudged(restore.plan, state)) {
        return refused({ reason: 'not-waiting-for-judgement', status: restore.state.status });
      }
      const sent = sentPart(state);
      if (event.ran) return verifying(restore, event, { ...sent, status: 'verifying', restoredAt: event.at });
      return entered(restore, event, {
        ...sent,
        status: 'failed',
        at: event.at,
        during: 'watch-start',
        reason: 'did-not-run',
        why:
          restore.plan.method === 'backup-file'
            ? 'A person said that the file was not uploaded.'
            : 'A person judged that the restore call never ran.',
        condition: 'unchanged',
      });
    }
    case 'attempt-refused': {
      const same = restore.history.filter(
        ({ event: what, by, facts }) =>
          what === 'attempt-refused' &&
          by === event.by &&
          facts.attempt === event.attempt &&
          facts.reason === event.reason,
      );
      // Wrong answers are counted, and few are accepted before the form closes: none may be left out.
      if (same.length >= KEPT_REFUSALS && event.reason !== WRONG_ANSWER) return refused({ reason: 'stale' });
      return noted(restore, event, same.length === KEPT_REFUSALS - 1 && event.reason !== WRONG_ANSWER ? LAST_KEPT : {});
    }
    default:
      return event satisfies never;
  }
}

/** True when a person may say whether it ran: after nothing showed that it did, or all along when a person does it by hand. */
function mayBeJudged(
  plan: Restore['plan'],
  state: Restore['state'],
): state is StateOf<'start-unclear'> | StateOf<'restore-sent'> {
  return state.status === 'start-unclear' || (state.status === 'restore-sent' && plan.method === 'backup-file');
}

/** True when this very click or submission already has its entry in the history. */
export function isRepeated(
  { history }: Restore,
  { type, interaction }: Pick<PersonEvent, 'type' | 'interaction'>,
): boolean {
  return (
    interaction !== undefined && history.some(({ event, facts }) => event === type && facts.interaction === interaction)
  );
}
