import { describe, expect, it } from 'vitest';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import {
  isQuestion,
  newRefusedRequest,
  otherRestoreIn,
  type RequestRefused,
  type TriedOn,
} from '../../src/restore/refused-request.ts';
import { NOW } from '../support/make-restore.ts';

const instance = { alias: 'orders', auraId: '0a1b2c3d', auditChannel: 'C0AUDIT' };
const BEA = { by: 'U0BEA', attempt: 'request', instance } as const;
const IDENTITY = { restore: 'N-12', alias: 'orders', instance: '0a1b2c3d' };

const entryOf = (tried: TriedOn, refusal: RequestRefused, policyHash?: string) =>
  newRefusedRequest('N-12', tried, refusal, { at: NOW, policyHash }).history;

describe('a refused request', () => {
  it.each<readonly [string, TriedOn, RequestRefused, Record<string, string>]>([
    [
      'who may not ask',
      BEA,
      { reason: 'not-a-requester', alias: 'orders' },
      { attempt: 'request', reason: 'not-a-requester' },
    ],
    [
      'who opens the form and may not ask',
      { ...BEA, attempt: 'open-form' },
      { reason: 'guest' },
      { attempt: 'open-form', reason: 'guest' },
    ],
    [
      'an instance that another restore holds',
      BEA,
      { reason: 'instance-claimed', by: 'R-7' },
      { attempt: 'request', reason: 'instance-claimed', inTheWay: 'R-7' },
    ],
    [
      'the same asked for with another form',
      BEA,
      { reason: 'asked-again', with: 'R-8' },
      { attempt: 'request', reason: 'asked-again', inTheWay: 'R-8' },
    ],
    [
      'a click that Slack names',
      { ...BEA, interaction: 'click-1' },
      { reason: 'test-on-production' },
      { attempt: 'request', reason: 'test-on-production', interaction: 'click-1' },
    ],
    [
      'whom the schedule did not name, with what was looked at',
      BEA,
      {
        reason: 'not-a-requester',
        alias: 'orders',
        onCall: [{ kind: 'unknown', alias: 'plan-1', why: 'not-configured' }],
      },
      {
        attempt: 'request',
        reason: 'not-a-requester',
        onCall:
          'this schedule is no longer in the configuration (plan-1); only the people and groups that the configuration names count',
      },
    ],
  ])('keeps %s, in one entry', (_, tried, refusal, facts) => {
    expect(entryOf(tried, refusal)).toEqual([
      {
        seq: 1,
        at: NOW,
        event: 'attempt-refused',
        by: 'U0BEA',
        facts: { ...IDENTITY, ...facts },
        previous: '',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('says by which rules, where these are known', () => {
    expect(entryOf(BEA, { reason: 'guest' }, 'cafe')[0]?.facts).toMatchObject({ policy: 'cafe' });
  });

  it('has a chain that shows a change', () => {
    const history = entryOf(BEA, { reason: 'guest' });
    expect(firstBrokenEntry(history)).toBeUndefined();
    expect(firstBrokenEntry(history.map((entry) => ({ ...entry, by: 'U0EVE' })))).toBe(1);
  });

  it('names its instance, and where its entry is anchored', () => {
    expect(newRefusedRequest('N-12', BEA, { reason: 'guest' }, { at: NOW })).toMatchObject({
      id: 'N-12',
      instance: { alias: 'orders', auraId: '0a1b2c3d' },
      auditChannel: 'C0AUDIT',
    });
  });

  it('keeps nothing that its sender wrote', () => {
    const history = entryOf(BEA, { reason: 'unknown-instance', typed: 'orders; my own words', nearest: [] });
    expect(JSON.stringify(history)).not.toContain('my own words');
  });
});

describe('a form that asks for more', () => {
  it.each<readonly [string, RequestRefused, boolean]>([
    ['a field that must be filled', { reason: 'field-missing', field: 'ticket' }, true],
    ['why it is another way than advised', { reason: 'other-way-unexplained', advised: 'overwrite' }, true],
    ['what no checksum looks like', { reason: 'checksum' }, true],
    ['a delegation that ends before it begins', { reason: 'delegation-ends-too-soon' }, true],
    ['a delegation from yesterday on', { reason: 'delegation-in-the-past' }, true],
    ['a delegation of more days than there may be', { reason: 'delegation-too-long', days: 60 }, false],
    ['who does not own the export', { reason: 'not-an-owner' }, false],
    ['a person who may not', { reason: 'guest' }, false],
    ['a start that is too soon', { reason: 'start-too-soon', earliest: NOW }, false],
    ['a request that nobody could approve', { reason: 'cannot-be-approved', short: [] }, false],
    ['an export that the rules do not have', { reason: 'no-deployment-export', alias: 'orders' }, false],
  ])('is a question, and a rule refuses: %s', (_, refusal, isOne) => {
    expect(isQuestion(refusal)).toBe(isOne);
  });
});

it('only a restore that is in the way is named', () => {
  expect(otherRestoreIn({ reason: 'instance-claimed', by: 'R-7' })).toBe('R-7');
  expect(otherRestoreIn({ reason: 'asked-again', with: 'R-8' })).toBe('R-8');
  expect(otherRestoreIn({ reason: 'guest' })).toBeUndefined();
});
