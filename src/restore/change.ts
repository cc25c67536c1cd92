import type { RestoreEvent } from './event.ts';
import { appendEntry, type NewEntry } from './history.ts';
import { entryOf } from './history-entry.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import type { Reached, RestoreState, StateOf } from './state.ts';

/** What an event made of a record: a new record, or the reason why nothing changed. */
export type Outcome =
  | { readonly kind: 'changed'; readonly restore: Restore }
  /** The same click or submission, delivered again: it is on record already. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The facts that a state shares with every later one, without those of its own. */
export function reached(state: RestoreState): Reached {
  const facts: { -readonly [K in keyof Reached]: Reached[K] } = {};
  if ('approval' in state && state.approval) facts.approval = state.approval;
  if ('preflight' in state && state.preflight) facts.preflight = state.preflight;
  if ('baseline' in state && state.baseline) facts.baseline = state.baseline;
  if ('safetySnapshot' in state && state.safetySnapshot) facts.safetySnapshot = state.safetySnapshot;
  if ('intent' in state && state.intent) facts.intent = state.intent;
  return facts;
}

type SentState = StateOf<'restore-sent' | 'start-unclear' | 'restoring' | 'verifying'>;

/** What every state after the intent has. */
export function sentPart(state: SentState) {
  const { approval, preflight, baseline, safetySnapshot, intent } = state;
  return { approval, preflight, baseline, intent, ...(safetySnapshot ? { safetySnapshot } : {}) };
}

/** The restore was seen to finish; its verification begins. */
export function verifying(restore: Restore, event: RestoreEvent, state: StateOf<'verifying'>): Outcome {
  return entered({ ...restore, validation: { status: 'running' } }, event, state);
}

/**
 * The state changes: a new turn, and what was observed in the old state no longer counts. `facts` are what the history
 * keeps besides the event's own.
 */
export function entered(
  restore: Restore,
  event: RestoreEvent,
  state: RestoreState,
  facts: NewEntry['facts'] = {},
): Outcome {
  const { observation: _, stalledAt: __, ...kept } = restore;
  return {
    kind: 'changed',
    restore: {
      ...kept,
      state,
      since: event.at,
      turn: restore.turn + 1,
      version: restore.version + 1,
      history: appendEntry(restore.history, entryOf(event, state.status, facts)),
    },
  };
}

/** The state stays; something was learned and is remembered. */
export function noted(restore: Restore, event: RestoreEvent, facts: NewEntry['facts'] = {}): Outcome {
  return {
    kind: 'changed',
    restore: {
      ...restore,
      version: restore.version + 1,
      history: appendEntry(restore.history, entryOf(event, undefined, facts)),
    },
  };
}

/** A rule said no. */
export function refused(refusal: Refusal): Outcome {
  return { kind: 'refused', refusal };
}

/** A worker was late: the record has moved on, and nobody needs to hear of it. */
export function stale(): Outcome {
  return refused({ reason: 'stale' });
}
