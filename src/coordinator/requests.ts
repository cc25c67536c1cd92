import type { Coordinator, CoordinatorParts, Requested } from '../coordinator.ts';
import type { Chosen } from '../restore/chosen-method.ts';
import { decidingPolicy } from '../restore/deciding-policy.ts';
import { type Draft, draftRefusal, newRestore } from '../restore/draft.ts';
import type { Instant } from '../restore/names.ts';
import { previewRefusal } from '../restore/new-instance/policy.ts';
import { instanceOf } from '../restore/policy/policy-change.ts';
import type { InstancePolicy } from '../restore/policy.ts';
import type { RequestRefusal } from '../restore/refusal.ts';
import { asksForTheSame, isSameSubmission } from '../restore/repeated-request.ts';
import type { Restore } from '../restore/restore.ts';
import { clocksRefusal } from './decision.ts';
import { saveForSure } from './sure-save.ts';

/**
 * Takes a request: judges it by the rules in force, and saves the record that holds its instance. A refused one has a record of its
 * own, which keeps who asked for what, and why not.
 */
export function createRequests(
  parts: CoordinatorParts,
  recordRefusedRequest: Coordinator['recordRefusedRequest'],
): Coordinator['request'] {
  const { store, alarm, log } = parts;

  /** The rules of previews hold only for what is one. */
  async function noPreviewRefusal(chosen: Chosen, { auraId }: InstancePolicy): Promise<RequestRefusal | undefined> {
    const previewOf = chosen.method === 'new-instance' ? chosen.toMake.previewOf : undefined;
    if (chosen.method !== 'new-instance' || previewOf === undefined) return undefined;
    const { snapshotId } = chosen.snapshot;
    return previewRefusal({ previewOf, auraId, snapshotId }, (await store.load(previewOf))?.restore);
  }

  /** What became of this form, or of what its sender asked for instead, while it was on its way. */
  async function repetitionOf(restore: Restore, submittedAt: Instant): Promise<Requested | undefined> {
    const ids = await store.requestedSince(restore.request.requestedBy, submittedAt);
    const loaded = await Promise.all(ids.map((id) => store.load(id)));
    const same = loaded.find((other) => other !== undefined && asksForTheSame(other.restore, restore));
    if (!same) return undefined;
    if (isSameSubmission(same.restore, restore)) return { kind: 'requested', ...same };
    return { kind: 'refused', refusal: { reason: 'asked-again', with: same.restore.id } };
  }

  async function judged(draft: Draft, shown: InstancePolicy): Promise<Requested> {
    const now = await store.now();
    const inForce = await parts.rules?.now();
    const own = inForce ? instanceOf(inForce.policy.instances, shown.auraId) : shown;
    const { chosen } = draft;
    const policy = own && decidingPolicy(own, chosen, inForce?.policy.instances ?? []);
    if (!policy) {
      const typed = own && 'source' in chosen ? chosen.source.alias : shown.alias;
      return { kind: 'refused', refusal: { reason: 'unknown-instance', typed, nearest: [] } };
    }
    const links = inForce ? { ...inForce.policy, policyHash: inForce.hash } : { samePeople: parts.samePeople };
    const refusal =
      (await noPreviewRefusal(chosen, policy)) ??
      draftRefusal(draft, policy, now, links.samePeople) ??
      clocksRefusal(parts.clocks);
    if (refusal) return { kind: 'refused', refusal };
    const restore = newRestore(await store.nextId(), draft, policy, links, now);
    const repeated = draft.submittedAt && (await repetitionOf(restore, draft.submittedAt));
    if (repeated) return repeated;
    const saved = await saveForSure(store, 0, restore);
    if (saved.kind === 'conflict') throw new Error(`restore ${restore.id} exists already`);
    if (saved.kind === 'claimed') {
      const holder = await store.load(saved.by);
      if (holder && isSameSubmission(holder.restore, restore)) return { kind: 'requested', ...holder };
      return { kind: 'refused', refusal: { reason: 'instance-claimed', by: saved.by } };
    }
    log.info({ restoreId: restore.id, instance: policy.alias }, 'restore requested');
    parts.witness?.restoreChanged('requested', restore.state.status);
    alarm.ring(restore);
    return { kind: 'requested', restore, now };
  }

  return async (draft, shown) => {
    const answer = await judged(draft, shown);
    if (answer.kind === 'requested') return answer;
    const { person, press, interaction: submission } = draft;
    const act = press ? { interaction: press, submission } : { submission };
    const tried = { by: person.id, attempt: 'request', instance: shown, ...act } as const;
    const accepted = await recordRefusedRequest(tried, answer.refusal);
    const earlier = accepted && (await store.load(accepted));
    return earlier ? { kind: 'requested', ...earlier } : answer;
  };
}
