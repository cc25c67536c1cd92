import { setTimeout as sleep } from 'node:timers/promises';
import type { Applied, Coordinator, CoordinatorParts, Loaded, NewEvent, Tried } from '../coordinator.ts';
import { createLine } from '../line.ts';
import { instantOf } from '../restore/instant.ts';
import type { RestoreId } from '../restore/names.ts';
import { onCallWords } from '../restore/on-call.ts';
import { auditChannel } from '../restore/owed-messages.ts';
import type { Refusal } from '../restore/refusal.ts';
import type { Restore } from '../restore/restore.ts';
import { acceptProviso, decide, leadToStart, needsRules, triedBy } from './decision.ts';
import { keepRefused } from './refused-requests.ts';
import { createRequestersSince, createStartRules } from './rules-of-restores.ts';
import { saveForSure } from './sure-save.ts';

/** More writers than this at once on one restore is a bug, not contention. */
const MOST_CONFLICTS = 500;
/** With writers of other processes, a writer that lost several races waits a little before the next. */
const PATIENT_CONFLICTS = 3;
const LONGEST_PAUSE_MS = 50;
/** What was found, or judged, longer ago than this is not worth a try: it would be saved with the time of then. */
const SEEN_COUNTS_MS = 5_000;
/** How many events may be saved by one write: enough for a crowd, small enough for one script. */
const MOST_TOGETHER = 100;

/**
 * Load, decide, save, ring. The decision is pure and is taken again when another writer was first; saving is one
 * compare-and-set; ringing is not waited for, so a click is answered as soon as its effect is on record. Those of one
 * process who lost a race for the same restore are saved together, or a crowd's people would not be answered in time.
 */
export function createChanges(parts: CoordinatorParts): Pick<Coordinator, 'apply' | 'recordRefusal' | 'tighten'> {
  const { store, log } = parts;
  const startRulesFor = createStartRules(parts);
  const requestersSince = createRequestersSince(parts);
  const applyInLine = createLine(applyTogether, MOST_TOGETHER);

  async function apply(id: RestoreId, event: NewEvent, seen?: Loaded): Promise<Applied> {
    const onSeen = await applyToSeen(id, event, seen);
    if (onSeen) return onSeen;
    const first = await applyOnce(id, [event]);
    const applied = first === 'conflict' ? await applyInLine(id, event) : first[0];
    if (!applied) throw new Error(`nothing became of ${event.type} for restore ${id}`);
    const attempt = applied.kind === 'refused' ? triedBy(event) : undefined;
    if (attempt && applied.kind === 'refused') await recordRefusal(id, attempt, applied.refusal);
    return applied;
  }

  /** Undefined when what was seen is of no use: then nothing was saved. */
  async function applyToSeen(id: RestoreId, event: NewEvent, seen?: Loaded): Promise<Applied | undefined> {
    const ageMs = performance.now() - (seen?.steadyMs ?? Number.NEGATIVE_INFINITY);
    if (!seen || seen.restore.id !== id || ageMs > SEEN_COUNTS_MS) return undefined;
    const now = instantOf(Date.parse(seen.now) + ageMs);
    const applied = await applyTo({ restore: seen.restore, now }, [event]);
    return applied === 'conflict' ? undefined : applied.find(({ kind }) => kind === 'changed');
  }

  async function applyOnce(id: RestoreId, events: readonly NewEvent[]): Promise<readonly Applied[] | 'conflict'> {
    const loaded = await store.load(id);
    return loaded ? applyTo(loaded, events) : events.map(() => ({ kind: 'unknown' }));
  }

  /**
   * Applies these events one after another and saves them in one write. One answer for each, in order. What took so long to be
   * judged that its time is no longer now counts as a conflict: nothing was saved.
   */
  async function applyTo(loaded: Loaded, events: readonly NewEvent[]): Promise<readonly Applied[] | 'conflict'> {
    const { restore: before } = loaded;
    const begunMs = performance.now();
    const inForce = needsRules(events) ? await parts.rules?.now() : undefined;
    const start = leadToStart(events) ? await startRulesFor(before) : undefined;
    const requesters = acceptProviso(events) ? await requestersSince(before) : undefined;
    const { latest, applied } = decide(loaded, events, { inForce, start, requesters, clocks: parts.clocks });
    if (latest === before) return applied;
    if (performance.now() - begunMs > SEEN_COUNTS_MS) return 'conflict';
    const saved = await saveForSure(store, before.version, latest);
    if (saved.kind === 'claimed')
      throw new Error(`restore ${before.id} does not hold its instance (${saved.by || 'nobody'} does)`);
    if (saved.kind === 'conflict') return 'conflict';
    for (const [index, one] of applied.entries()) {
      const event = events[index]?.type;
      if (one.kind === 'changed' && event !== undefined) tell(event, one.restore);
    }
    parts.alarm.ring(latest, before);
    return applied;
  }

  function tell(event: NewEvent['type'], { id, state: { status } }: Restore): void {
    log.info({ restoreId: id, event, status }, 'restore changed');
    parts.witness?.restoreChanged(event, status);
  }

  async function applyTogether(id: RestoreId, events: readonly NewEvent[]): Promise<readonly Applied[]> {
    for (let conflicts = 1; conflicts < MOST_CONFLICTS; conflicts++) {
      const applied = await applyOnce(id, events);
      if (applied !== 'conflict') return applied;
      if (conflicts >= PATIENT_CONFLICTS) await sleep(Math.random() * LONGEST_PAUSE_MS);
    }
    throw new Error(`restore ${id} could not be saved: too many writers at once`);
  }

  const recordRefusal: Coordinator['recordRefusal'] = async (id, tried, refusal) => {
    log.warn({ restoreId: id, by: tried.by, attempt: tried.attempt, reason: refusal.reason }, 'attempt refused');
    parts.witness?.attemptRefused(refusal.reason);
    const onCall = 'onCall' in refusal && refusal.onCall ? onCallWords(refusal.onCall) : '';
    const event = { type: 'attempt-refused', ...tried, reason: refusal.reason, ...(onCall ? { onCall } : {}) } as const;
    const applied = await apply(id, event);
    // The history has no room for more of the kind.
    if (applied.kind === 'refused') await keepApart(applied.restore, tried, refusal);
  };

  async function keepApart(restore: Restore, tried: Tried, refusal: Refusal): Promise<void> {
    const { alias, auraId } = restore.plan.instance;
    const instance = { alias, auraId, auditChannel: auditChannel(restore) };
    const [at, inForce] = await Promise.all([store.now(), parts.rules?.now()]);
    const facts = { at, policyHash: inForce?.hash };
    await keepRefused(parts.refusedRequests, { ...tried, instance, about: restore.id }, refusal, facts);
  }

  return {
    apply,
    recordRefusal,
    async tighten(id) {
      await applyTogether(id, []);
    },
  };
}
