import { describe, expect, it } from 'vitest';
import { firstBrokenEntry } from '../../../src/restore/history.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import {
  afterShadowAct,
  afterShadowLook,
  afterShadowSaid,
  afterShadowVerified,
  isToBeVerified,
} from '../../../src/restore/shadow/course.ts';
import { newShadowRestore, type ShadowRestore } from '../../../src/restore/shadow/shadow-restore.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';
import { REQUESTER } from '../../support/people.ts';

const POLICY = makePolicy();
const later = (minutes: number) => addMinutes(NOW, minutes);
const found = (status = 'restoring') => newShadowRestore('X-3', POLICY, { status, at: NOW }, false);

function changed(record: ShadowRestore | undefined): ShadowRestore {
  if (!record) throw new Error('nothing changed');
  return record;
}
const look = (record: ShadowRestore, status: string, minutes = 1) =>
  afterShadowLook(record, { status, askedAt: later(minutes), answeredAt: later(minutes) }, later(minutes));
const act = (record: ShadowRestore, kind: 'verify' | 'announce', minutes = 5) =>
  afterShadowAct(record, { kind, person: REQUESTER, at: later(minutes) }, POLICY);
function acted(...[record, kind, minutes]: Parameters<typeof act>): ShadowRestore {
  const outcome = act(record, kind, minutes);
  return changed(outcome.kind === 'changed' ? outcome.record : undefined);
}
const lastOf = ({ history }: ShadowRestore) => history.at(-1);

describe('the history of a shadow restore says', () => {
  it.each([
    ['that its instance is gone', 'destroying', 'shadow-gone', 'destroying'],
    ['that its instance is being deleted', 'deleting', 'shadow-gone', 'deleting'],
    ['that loading failed', 'loading failed', 'shadow-failed', 'loading failed'],
    ['another status', 'loading', 'shadow-status-seen', 'loading'],
    ['that it was seen running', 'running', 'shadow-status-seen', 'running'],
  ])('%s', (_, status, event, auraStatus) => {
    const record = changed(look(found(), status));
    expect(lastOf(record)).toMatchObject({ event, at: later(1), facts: { auraStatus } });
    expect(firstBrokenEntry(record.history)).toBeUndefined();
  });

  it('that Aura knows the instance no more', () => {
    const record = changed(afterShadowLook(found(), 'gone', later(1)));
    expect(record.state).toEqual({ status: 'gone', at: later(1) });
    expect(lastOf(record)).toMatchObject({ event: 'shadow-gone', facts: { auraStatus: 'not known any more' } });
  });

  it('that it runs again, when it was seen running twice', () => {
    const record = changed(look(changed(look(found(), 'running')), 'running', 2));
    expect(lastOf(record)).toMatchObject({
      event: 'shadow-running-again',
      at: later(2),
      facts: { auraStatus: 'running' },
    });
  });

  it('nothing of a status that is as before', () => {
    expect(look(found('loading'), 'loading')).toBeUndefined();
    expect(look(found('loading'), 'restoring')).toBeDefined();
  });

  it('what a look at the moment of its finding saw', () => {
    expect(look(found(), 'loading', 0)).toBeDefined();
  });

  it('who had the stakeholders told', () => {
    const told = acted(found(), 'announce');
    expect(told.announced).toEqual({ by: REQUESTER.id, at: later(5) });
    expect(lastOf(told)).toMatchObject({ event: 'shadow-announced', at: later(5), by: REQUESTER.id });
    expect(act(told, 'announce', 6)).toEqual({
      kind: 'refused',
      refusal: { reason: 'shadow-announced-already', by: REQUESTER.id, at: later(5) },
    });
  });

  it('who had the data looked at, and for which time', () => {
    const asked = acted(changed(look(found(), 'loading')), 'verify');
    expect(asked.verification).toEqual({ by: REQUESTER.id, askedAt: later(5) });
    expect(lastOf(asked)).toMatchObject({
      event: 'shadow-verification-asked',
      at: later(5),
      by: REQUESTER.id,
      facts: { nth: 1 },
    });
    expect(act(asked, 'verify', 6)).toEqual({
      kind: 'refused',
      refusal: { reason: 'shadow-being-verified', by: REQUESTER.id, at: later(5) },
    });
  });
});

describe('a look at the data', () => {
  const outcome = { status: 'passed', at: later(7), words: '3 of 3', results: [] } as const;
  const asked = () => acted(found(), 'verify');
  const verified = () => changed(afterShadowVerified(asked(), { by: REQUESTER.id, askedAt: later(5) }, outcome));

  it('is on record with what came of it, and the next one has the next number', () => {
    expect(verified().verification).toEqual({ by: REQUESTER.id, askedAt: later(5), outcome });
    expect(lastOf(verified())).toMatchObject({
      event: 'shadow-verified',
      at: later(7),
      facts: { validation: 'passed', words: '3 of 3' },
    });
    expect(lastOf(acted(verified(), 'verify', 9))).toMatchObject({ facts: { nth: 2 } });
  });

  it('counts for the one that was asked for, and for none that was not', () => {
    const other = { by: REQUESTER.id, askedAt: later(4) };
    expect(afterShadowVerified(asked(), other, outcome)).toBeUndefined();
    expect(afterShadowVerified(found(), other, outcome)).toBeUndefined();
  });

  it('is due when it was asked for and the instance is no longer under way', () => {
    expect(isToBeVerified(asked())).toBe(false);
    const over = (record: ShadowRestore) => changed(look(record, 'loading failed', 8));
    expect(isToBeVerified(over(asked()))).toBe(true);
    expect(isToBeVerified(over(found()))).toBe(false);
    expect(isToBeVerified(over(verified()))).toBe(false);
  });
});

describe('a message of it', () => {
  const POSTED = { status: 'posted', channel: 'C0AUDIT', ts: '1.0', at: later(1) } as const;
  const LOST = { status: 'undeliverable', why: 'channel_not_found', at: later(1) } as const;

  it.each([
    ['was posted', POSTED, { message: 'found:C0AUDIT', ts: '1.0' }],
    ['never will be', LOST, { message: 'found:C0AUDIT', undeliverable: 'channel_not_found' }],
  ])('that %s is on record once', (_, delivery, facts) => {
    const said = changed(afterShadowSaid(found(), 'found:C0AUDIT', delivery));
    expect(said.deliveries).toEqual({ 'found:C0AUDIT': delivery });
    expect(lastOf(said)).toMatchObject({ event: 'message-settled', at: later(1), facts });
    expect(lastOf(said)?.facts).toEqual(facts);
    expect(afterShadowSaid(said, 'found:C0AUDIT', POSTED)).toBeUndefined();
    const both = changed(afterShadowSaid(said, 'found:C0ORDERS', POSTED));
    expect(Object.keys(both.deliveries)).toEqual(['found:C0AUDIT', 'found:C0ORDERS']);
  });
});
