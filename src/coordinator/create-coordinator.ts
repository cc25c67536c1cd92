import type { Coordinator, CoordinatorParts } from '../coordinator.ts';
import { changeOf, editRefusal, noLongerRequester } from '../restore/edit.ts';
import { isRepeated } from '../restore/person-rules.ts';
import { createChanges } from './changes.ts';
import { clocksRefusal } from './decision.ts';
import { createRecordRefusedRequest } from './refused-requests.ts';
import { createRequests } from './requests.ts';
import { createRequestersSince, createRulesOfRestores, createStartRules } from './rules-of-restores.ts';

/** The coordinator: requests become records, and what happens to them becomes changes of these records. */
export function createCoordinator(parts: CoordinatorParts): Coordinator {
  const { store, clocks } = parts;
  const { apply, recordRefusal, tighten } = createChanges(parts);
  const rulesFor = createRulesOfRestores(parts);
  const requestersSince = createRequestersSince(parts);
  const recordRefusedRequest = createRecordRefusedRequest(parts);

  return {
    request: createRequests(parts, recordRefusedRequest),
    recordRefusedRequest,
    apply,
    tighten,
    rulesFor,
    startRulesFor: createStartRules(parts),
    requestersSince,
    recordRefusal,
    find: (id) => store.load(id),
    clocksRefusal: () => clocksRefusal(clocks),

    async edit(id, edit, offered) {
      const loaded = await store.load(id);
      if (!loaded) return { kind: 'unknown' };
      const { person, planHash, interaction } = edit;
      const act = interaction === undefined ? {} : { interaction };
      // Delivered again, it is judged by what came of it: by now the same choices may be too late.
      if (isRepeated(loaded.restore, { type: 'edited', ...act })) return { kind: 'repeated', ...loaded };
      const policy = (await rulesFor(loaded.restore)) ?? offered;
      const refusal =
        editRefusal(loaded.restore, edit, policy, loaded.now) ??
        noLongerRequester(loaded.restore, person, await requestersSince(loaded.restore)) ??
        clocksRefusal(clocks);
      if (refusal) {
        await recordRefusal(id, { by: person.id, attempt: 'edit', ...act }, refusal);
        return { kind: 'refused', refusal, ...loaded };
      }
      return apply(id, {
        type: 'edited',
        person,
        planHash,
        change: changeOf(edit),
        ...(edit.unchecked ? { unchecked: edit.unchecked } : {}),
        ...act,
      });
    },
  };
}
