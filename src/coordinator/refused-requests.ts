import type { Coordinator, CoordinatorParts } from '../coordinator.ts';
import { isQuestion, newRefusedRequest } from '../restore/refused-request.ts';

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
    const { by, attempt, instance } = tried;
    const { reason } = refusal;
    // The log has it whatever becomes of the record.
    log.warn({ by, attempt, instance: instance.alias, reason }, 'attempt refused');
    witness?.attemptRefused(reason);
    if (isQuestion(refusal)) return tried.submission ? refusedRequests.becameOf(tried.submission) : undefined;
    const [id, at, inForce] = await Promise.all([refusedRequests.nextId(), store.now(), rules?.now()]);
    const record = newRefusedRequest(id, tried, refusal, { at, policyHash: inForce?.hash });
    const saved = await refusedRequests.save(record, tried.submission);
    return saved.kind === 'accepted' ? saved.as : undefined;
  };
}
