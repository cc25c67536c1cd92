import { describe, expect, it } from 'vitest';
import { entryLine } from '../../messages/card-history.ts';
import { KEY } from '../../src/store/keys.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { approvalOf as approval, useCoordinators } from '../support/coordinators.ts';
import { makeDraft, makePolicy } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, BYSTANDER, GUEST, makePerson, REQUESTER } from '../support/people.ts';

const test = useCoordinators();
const { coordinatorOn, freshened, requested } = test;

const refusedRequest = (id: string) => createRefusedRequestStore(test.redis).load(id);

describe('a request', () => {
  it('is on record, holds its instance and is rung for, dated by Redis', async () => {
    const coordinator = coordinatorOn(test.store);
    const before = await test.store.now();
    const answer = await coordinator.request(await freshened(), makePolicy());
    expect(answer).toMatchObject({ kind: 'requested', restore: { state: { status: 'awaiting-approval' } } });
    expect(coordinator.rung).toHaveLength(1);
    const loaded = await coordinator.find(coordinator.rung[0]?.id ?? '');
    expect(loaded?.restore).toEqual(coordinator.rung[0]);
    expect((loaded?.restore.since ?? '') >= before).toBe(true);
  });

  it('that the rules refuse becomes no restore, and is on record, logged and counted with who asked for what', async () => {
    const coordinator = coordinatorOn(test.store);
    const answer = await coordinator.request(makeDraft({ person: GUEST, press: 'press-1' }), makePolicy());
    expect(answer).toEqual({ kind: 'refused', refusal: { reason: 'guest' } });
    expect(await test.store.open()).toEqual([]);
    expect(await refusedRequest('N-1')).toMatchObject({
      instance: { alias: 'orders' },
      history: [{ by: GUEST.id, facts: { attempt: 'request', reason: 'guest', interaction: 'press-1' } }],
    });
    expect(coordinator.rung).toEqual([]);
    expect(coordinator.attemptsRefused).toEqual(['guest']);
    expect(coordinator.logged).toMatchObject([
      { by: GUEST.id, attempt: 'request', instance: 'orders', reason: 'guest', msg: 'attempt refused' },
    ]);
  });

  it('is one of many at once for the same instance; the others are told whose it is', async () => {
    const other = await test.another();
    const coordinators = [coordinatorOn(test.store), coordinatorOn(other.store)] as const;
    const draft = await freshened();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => coordinators[index % 2 ? 0 : 1].request(draft, makePolicy())),
    );
    other.close();
    const won = answers.flatMap((answer) => (answer.kind === 'requested' ? [answer.restore.id] : []));
    expect(won).toHaveLength(1);
    for (const answer of answers) {
      if (answer.kind === 'refused') expect(answer.refusal).toEqual({ reason: 'instance-claimed', by: won[0] });
    }
    expect(await test.store.open()).toEqual(won);
  });

  it('that is refused and delivered again is on record once, and twice when its sender presses again', async () => {
    const coordinator = coordinatorOn(test.store);
    for (const press of ['press-1', 'press-1', 'press-2'])
      await coordinator.request(makeDraft({ person: GUEST, press }), makePolicy());
    expect(await test.redis.xlen(KEY.audit)).toBe(2);
  });

  it('that was taken, and whose form is judged otherwise when it is delivered again, is answered as it was', async () => {
    const restore = await requested(makeDraft({ interaction: 'form-1', press: 'press-1' }));
    const again = makeDraft({ person: GUEST, interaction: 'form-1', press: 'press-1' });
    expect(await coordinatorOn(test.store).request(again, makePolicy())).toMatchObject({ kind: 'requested', restore });
    expect(await refusedRequest('N-1')).toBeUndefined();
  });

  it('for an instance that is taken is on record with the restore that has it', async () => {
    const { id } = await requested();
    const other = await freshened(makeDraft({ person: BYSTANDER }));
    expect(await coordinatorOn(test.store).request(other, makePolicy())).toMatchObject({ kind: 'refused' });
    expect(await refusedRequest('N-1')).toMatchObject({
      history: [{ by: BYSTANDER.id, facts: { reason: 'instance-claimed', inTheWay: id } }],
    });
  });

  it('that leaves something empty is asked for it, which is no refusal to keep', async () => {
    const coordinator = coordinatorOn(test.store);
    const empty = await freshened(makeDraft({ reason: { kind: 'corrupted-data', text: ' ' } }));
    expect(await coordinator.request(empty, makePolicy())).toMatchObject({ refusal: { reason: 'field-missing' } });
    expect(await test.redis.keys('*')).toEqual([]);
    expect(coordinator.attemptsRefused).toEqual(['field-missing']);
  });

  it('is not answered as refused when that cannot be recorded; the log has it', async () => {
    const coordinator = coordinatorOn(test.store);
    await test.redis.set(KEY.refusedSequence, 'damaged');
    await expect(coordinator.request(makeDraft({ person: GUEST }), makePolicy())).rejects.toThrow();
    expect(coordinator.logged).toMatchObject([{ by: GUEST.id, reason: 'guest' }]);
  });
});

describe('an event', () => {
  it('changes the record, is dated by Redis and rung for', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const applied = await coordinator.apply(restore.id, approval(restore));
    if (applied.kind !== 'changed') throw new Error('the approval should count');
    expect(applied.restore).toMatchObject({ since: applied.now, state: { status: 'approved' } });
    expect(coordinator.rung).toEqual([applied.restore]);
    expect((await coordinator.find(restore.id))?.restore).toEqual(applied.restore);
  });

  it('for a restore nobody knows is answered so', async () => {
    const coordinator = coordinatorOn(test.store);
    expect(await coordinator.apply('R-99', { type: 'withdrawn', person: REQUESTER })).toEqual({ kind: 'unknown' });
  });

  it('that a person may not do changes nothing but the history', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const applied = await coordinator.apply(restore.id, approval(restore, REQUESTER));
    expect(applied).toMatchObject({ kind: 'refused', refusal: { reason: 'own-request' } });
    const found = (await coordinator.find(restore.id))?.restore;
    expect(found?.state).toEqual(restore.state);
    expect(found?.history.at(-1)).toMatchObject({
      event: 'attempt-refused',
      by: REQUESTER.id,
      facts: { attempt: 'approve', reason: 'own-request' },
    });
  });

  it('of a worker that comes too late is refused without a trace', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const applied = await coordinator.apply(restore.id, { type: 'restore-intended', attemptId: 'attempt-1' });
    expect(applied).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
    expect((await coordinator.find(restore.id))?.restore).toEqual(restore);
    expect(coordinator.rung).toEqual([]);
  });

  it('moves nothing when the claim on the instance is gone or another’s', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    await test.redis.del(KEY.claim(restore.plan.instance.auraId));
    await expect(coordinator.apply(restore.id, approval(restore))).rejects.toThrow(/does not hold its instance/);
    await test.redis.set(KEY.claim(restore.plan.instance.auraId), 'R-99');
    await expect(coordinator.apply(restore.id, approval(restore))).rejects.toThrow(/R-99/);
    expect((await coordinator.find(restore.id))?.restore).toEqual(restore);
  });

  it('that meets another writer is judged again by the newer record', async () => {
    const restore = await requested();
    const [one, other] = [coordinatorOn(test.store), coordinatorOn(test.store)];
    const answers = await Promise.all([
      one.apply(restore.id, { type: 'denied', person: APPROVER, why: 'No.' }),
      other.apply(restore.id, approval(restore, makePerson('U0GRETA', { groups: [APPROVERS_GROUP] }))),
    ]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['changed', 'refused']);
    const loser = answers.find((answer) => answer.kind === 'refused');
    expect(loser).toMatchObject({ refusal: { reason: 'already-past' } });
  });

  it('that a handler refused early is written down, more often than the history has room for in records of their own', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    for (const click of [0, 1, 2, 3, 4, 5, 6, 6]) {
      await coordinator.recordRefusal(
        restore.id,
        { by: BYSTANDER.id, attempt: 'open-approval', interaction: `click-${click}` },
        { reason: 'not-an-approver' },
      );
    }
    const history = (await coordinator.find(restore.id))?.restore.history ?? [];
    const kept = history.filter(({ event, by }) => event === 'attempt-refused' && by === BYSTANDER.id);
    expect(kept.map(({ facts }) => facts.furtherKept)).toEqual([undefined, undefined, undefined, undefined, 'apart']);
    expect(kept.map((entry) => entryLine(entry).endsWith('; further ones stand in the audit only'))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    const audited = await test.redis.xrange(KEY.audit, '-', '+');
    expect(audited.map(([, fields]) => fields[1])).toEqual([...Array(6).fill(restore.id), 'N-1', 'N-2']);
    expect(await refusedRequest('N-2')).toMatchObject({
      instance: { alias: 'orders' },
      history: [
        {
          by: BYSTANDER.id,
          facts: { attempt: 'open-approval', reason: 'not-an-approver', about: restore.id, interaction: 'click-6' },
        },
      ],
    });
  });
});
