import { describe, expect, it } from 'vitest';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { approvalOf as approval, useCoordinators } from '../support/coordinators.ts';
import { APPROVERS_GROUP, makePerson } from '../support/people.ts';

const test = useCoordinators();
const { coordinatorOn, requested } = test;
const refusedRequests = () => createRefusedRequestStore(test.redis);

describe('200 people who approve at once, in two processes', () => {
  it('are one approver and 199 who hear that it is past, all of them on record', async () => {
    const restore = await requested();
    const other = await test.another();
    const coordinators = [coordinatorOn(test.store), coordinatorOn(other.store)] as const;
    const people = Array.from({ length: 200 }, (_, index) => makePerson(`U0A${index}`, { groups: [APPROVERS_GROUP] }));
    const answers = await Promise.allSettled(
      people.map((person, index) => coordinators[index % 2 ? 0 : 1].apply(restore.id, approval(restore, person))),
    );
    other.close();
    const kinds = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.kind : String(answer.reason)));
    const record = (await coordinators[0].find(restore.id))?.restore;
    const events = (record?.history ?? []).map(({ event }) => event);
    expect(record?.state.status).toBe('approved');
    expect(events.filter((event) => event === 'approved')).toHaveLength(1);
    expect(firstBrokenEntry(record?.history ?? [])).toBeUndefined();
    expect(count(kinds)).toEqual({ changed: 1, refused: 199 });
    expect(count(events)).toEqual({ requested: 1, approved: 1, 'attempt-refused': 199 });
  });

  it('are one approval when they are one person with a shaking finger', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const clicks = Array.from({ length: 200 }, () => coordinator.apply(restore.id, approval(restore)));
    expect(count((await Promise.all(clicks)).map(({ kind }) => kind))).toEqual({ changed: 1, refused: 199 });
    const history = (await coordinator.find(restore.id))?.restore.history ?? [];
    expect(count(history.map(({ event }) => event))).toEqual({ requested: 1, approved: 1, 'attempt-refused': 5 });
    const apart = await Promise.all(clicks.map((_, index) => refusedRequests().load(`N-${index + 1}`)));
    const kept = apart.flatMap((one) => (one ? one.history.map(({ facts }) => facts.about) : []));
    expect(kept).toEqual(Array.from({ length: 194 }, () => restore.id));
  });
});

function count(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
