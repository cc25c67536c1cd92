import { describe, expect, it } from 'vitest';
import { firstBrokenEntry } from '../../../src/restore/history.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import type { PersonFacts } from '../../../src/restore/person-facts.ts';
import {
  afterShadowAct,
  afterShadowLook,
  afterShadowSaid,
  afterShadowVerified,
} from '../../../src/restore/shadow/course.ts';
import { isAtRest, owedShadowMessages } from '../../../src/restore/shadow/owed.ts';
import { newShadowRestore, type ShadowRestore } from '../../../src/restore/shadow/shadow-restore.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';
import { makePerson, REQUESTER } from '../../support/people.ts';

const POLICY = makePolicy({ stakeholders: { users: ['U7'], groups: ['S1'] } });
const found = (status = 'restoring') =>
  newShadowRestore('X-3', POLICY, { status, at: NOW }, status === 'loading failed');

function looks(record: ShadowRestore, ...statuses: readonly (string | 'gone')[]): ShadowRestore {
  return statuses.reduce((before, status, index) => {
    const at = addMinutes(NOW, index + 1);
    const look = status === 'gone' ? ('gone' as const) : { status, askedAt: at, answeredAt: at };
    return afterShadowLook(before, look, at) ?? before;
  }, record);
}

function allSaid(record: ShadowRestore): ShadowRestore {
  return owedShadowMessages(record).reduce(
    (before, { key, to }) =>
      afterShadowSaid(before, key, { status: 'posted', channel: to, ts: '1.0', at: NOW }) ?? before,
    record,
  );
}

describe('a shadow restore is followed', () => {
  it.each([
    [['restoring'], 'under-way'],
    [['loading', 'running'], 'under-way'],
    [['running', 'loading', 'running'], 'under-way'],
    [['running', 'running'], 'running-again'],
    [['loading', 'running', 'running'], 'running-again'],
    [['paused'], 'under-way'],
    [['nobody knows'], 'under-way'],
    [['loading', 'loading failed'], 'failed'],
    [['gone'], 'gone'],
    [['destroying'], 'gone'],
    [['running', 'running', 'restoring', 'gone'], 'running-again'],
  ] as const)('%j → %s', (statuses, end) => {
    const record = looks(found(), ...statuses);
    expect(record.state.status).toBe(end);
    expect(firstBrokenEntry(record.history)).toBeUndefined();
    expect(record.version).toBe(record.history.length);
  });

  it('not by a look that is older than the one that found it', () => {
    const askedAt = addMinutes(NOW, -1);
    expect(afterShadowLook(found(), { status: 'running', askedAt, answeredAt: NOW }, NOW)).toBeUndefined();
  });
});

describe('what it has people hear', () => {
  const keys = (record: ShadowRestore) => owedShadowMessages(record).map(({ key }) => key);

  it('first that it was found, everywhere once; then how it ended, in the thread', () => {
    const record = found();
    expect(keys(record)).toEqual(['found:C0AUDIT', 'found:C0ORDERS', 'found:C0STATUS']);
    const said = allSaid(record);
    expect(keys(said)).toEqual([]);
    expect(isAtRest(said)).toBe(false);
    const over = looks(said, 'running', 'running');
    expect(owedShadowMessages(over).map(({ key, under }) => [key, under])).toEqual([
      ['ended:C0AUDIT', 'found:C0AUDIT'],
      ['ended:C0ORDERS', 'found:C0ORDERS'],
      ['ended:C0STATUS', 'found:C0STATUS'],
    ]);
    expect(isAtRest(allSaid(over))).toBe(true);
  });

  it('one that had failed when it was found is said once', () => {
    expect(keys(found('loading failed'))).toEqual(['found:C0AUDIT', 'found:C0ORDERS', 'found:C0STATUS']);
    expect(isAtRest(allSaid(found('loading failed')))).toBe(true);
  });
});

describe('what people can have done', () => {
  const act = (record: ShadowRestore, kind: 'verify' | 'announce', person: PersonFacts = REQUESTER, policy = POLICY) =>
    afterShadowAct(record, { kind, person, at: addMinutes(NOW, 9) }, policy);
  const reasonOf = (outcome: ReturnType<typeof act>) => (outcome.kind === 'refused' ? outcome.refusal.reason : 'done');

  it('only full members who may ask for a restore of the instance', () => {
    const owners = { ...POLICY, requesters: { users: ['U5'], groups: [] } };
    expect(reasonOf(act(found(), 'verify', makePerson('U5'), owners))).toBe('done');
    expect(reasonOf(act(found(), 'verify', makePerson('U6'), owners))).toBe('not-a-requester');
    expect(reasonOf(act(found(), 'announce', { kind: 'unreadable', id: 'U5' }))).toBe('identity-unreadable');
    expect(reasonOf(afterShadowAct(found(), { kind: 'verify', person: REQUESTER, at: NOW }, undefined))).toBe(
      'unknown-instance',
    );
  });

  it('the stakeholders are told once: channels and people', () => {
    const told = act(allSaid(found()), 'announce');
    if (told.kind !== 'changed') throw new Error(told.kind);
    expect(owedShadowMessages(told.record).map(({ to }) => to)).toEqual(['C0ORDERS', 'C0STATUS', 'U7']);
    expect(reasonOf(act(told.record, 'announce'))).toBe('shadow-announced-already');
  });

  it.each(['verify', 'announce'] as const)('%s by one click that is delivered again is on record once', (kind) => {
    const click = (record: ShadowRestore, interaction: string) =>
      afterShadowAct(record, { kind, person: REQUESTER, at: NOW, interaction }, POLICY);
    const asked = click(allSaid(found()), 'click-1');
    if (asked.kind !== 'changed') throw new Error(asked.kind);
    const { verification } = asked.record;
    const outcome = { status: 'passed', at: NOW, words: '3 of 3', results: [] } as const;
    const later = (verification && afterShadowVerified(asked.record, verification, outcome)) ?? asked.record;
    expect(click(later, 'click-1')).toEqual({ kind: 'repeated' });
    expect(click(later, 'click-2').kind).toBe(kind === 'verify' ? 'changed' : 'refused');
  });

  it('the data is looked at once at a time, and said in the thread each time', () => {
    const asked = act(allSaid(found()), 'verify');
    if (asked.kind !== 'changed' || !asked.record.verification) throw new Error(asked.kind);
    expect(reasonOf(act(asked.record, 'verify'))).toBe('shadow-being-verified');
    const outcome = { status: 'passed', at: NOW, words: '3 of 3', results: [] } as const;
    const verified = afterShadowVerified(asked.record, asked.record.verification, outcome);
    if (!verified) throw new Error('not verified');
    expect(owedShadowMessages(verified)).toMatchObject([{ kind: 'verified', to: 'C0AUDIT', under: 'found:C0AUDIT' }]);
    expect(afterShadowVerified(verified, asked.record.verification, outcome)).toBeUndefined();
    expect(reasonOf(act(verified, 'verify'))).toBe('done');
  });
});
