import type { Coordinator, CoordinatorParts, RefusedRequestStore } from '../coordinator.ts';
import type { Instant } from '../restore/names.ts';
import { isQuestion, newRefusedRequest, type RequestRefused, type TriedOn } from '../restore/refused-request.ts';

/** Makes a refusal a record of its own. `policyHash`: of the rules in force. */
export async function keepRefused(
  refusedRequests: Pick<RefusedRequestStore, 'nextId' | 'save'>,
  tried: TriedOn,
  refusal: RequestRefused,
  { at, policyHash }: { readonly at: Instant; readonly policyHash?: string | undefined },
): ReturnType<RefusedRequestStore['save']> {
  const record = newRefusedRequest(await refusedRequests.nextId(), tried, refusal, { at, policyHash });
  return refusedRequests.save(record, tried.submission);
}

/**
 * Puts on record what the rules refused before there was a restore. Whoever was refused is told so after that: fails when it could
 * not be recorded, and then nobody may be told of a refusal that does not stand anywhere.
 */
export function createRecordRefusedRequest({
  store,
  refusedRequests,
  rules,
  log,
  witness,
}: CoordinatorParts): Coordinator['recordRefusedRequest'] {
  return async (tried, refusal) => {
    const { by, attempt, instance, about } = tried;
    const { reason } = refusal;
    // The log has it whatever becomes of the record.
    log.warn({ by, attempt, instance: instance?.alias, about, reason }, 'attempt refused');
    witness?.attemptRefused(reason);
    if (isQuestion(refusal)) return tried.submission ? refusedRequests.becameOf(tried.submission) : undefined;
    const [at, inForce] = await Promise.all([store.now(), rules?.now()]);
    const saved = await keepRefused(refusedRequests, tried, refusal, { at, policyHash: inForce?.hash });
    return saved.kind === 'accepted' ? saved.as : undefined;
  };
}
