import { describe, expect, it } from 'vitest';
import { forbiddenRefusal, forbiddenWords } from '../../../src/restore/forbidden.ts';
import { forbiddenIn } from '../../../src/restore/policy/still-allowed.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { makePolicy, makeRestore, SNAPSHOT } from '../../support/make-restore.ts';

const PRICE = { perHour: 0.72, currency: 'USD', asOf: '2026-11-01' };
const PRICES = { asOf: PRICE.asOf, currency: 'USD', perHour: { 'professional-db': { '8GB': 0.72 } } };
const MAKING = { prices: PRICES, monthlyCap: 50, usualMinutes: 60, longestMinutes: 1_440 };
const TO_MAKE = { type: 'professional-db', memory: '8GB', liveForMinutes: 1_440, price: PRICE, monthlyCap: 50 };

const forbidden = (restore: Restore, facts: Partial<InstancePolicy>, instances = [makePolicy()]) => {
  const found = forbiddenIn(restore, makePolicy(facts), instances);
  return found && forbiddenWords(found);
};
const making = (previewOf?: string) =>
  makeRestore('approved', {
    policy: { newInstance: MAKING, methods: ['new-instance'] },
    draft: {
      chosen: {
        method: 'new-instance',
        snapshot: { ...SNAPSHOT, exportable: true },
        toMake: { ...TO_MAKE, ...(previewOf ? { previewOf } : {}) },
        spent: 0,
      },
    },
  });
const asTest = (environment: InstancePolicy['environment']) =>
  makeRestore('approved', { policy: { environment }, draft: { reason: { kind: 'rollback-test', text: 'A test.' } } });

describe('what was asked for', () => {
  it('may begin while the rules would take it as a request', () => {
    expect(forbidden(makeRestore('approved'), {})).toBeUndefined();
    expect(forbidden(asTest('staging'), { environment: 'staging' })).toBeUndefined();
    expect(forbidden(making(), { methods: ['new-instance'], newInstance: MAKING })).toBeUndefined();
    expect(
      forbidden(making(), { methods: ['new-instance'], newInstance: { ...MAKING, sizes: ['8GB'] } }),
    ).toBeUndefined();
  });

  it.each<[string, () => Restore, Partial<InstancePolicy>, string]>([
    ['its way is not allowed', () => makeRestore('approved'), { methods: ['upload'] }, '"restore-snapshot"'],
    ['no way is', () => makeRestore('approved'), { methods: [] }, 'do not allow this way'],
    ['it is a test and the instance production', () => asTest('staging'), {}, 'counts as production by now'],
    ['nothing may be made', () => making(), { methods: ['new-instance'] }, 'do not allow new instances from'],
    [
      'the size is not allowed',
      () => making(),
      { methods: ['new-instance'], newInstance: { ...MAKING, sizes: ['4GB'] } },
      'do not allow new instances with 8GB',
    ],
    [
      'it would live too long',
      () => making(),
      { methods: ['new-instance'], newInstance: { ...MAKING, longestMinutes: 1_439 } },
      'may live for 1439 minutes by now, and this one was to live for 1440',
    ],
    [
      'a preview would live too long',
      () => making('R-16'),
      { methods: ['new-instance'], newInstance: { ...MAKING, preview: { usualMinutes: 60, longestMinutes: 120 } } },
      'may live for 120 minutes',
    ],
  ])('may not where %s by now', (_, restore, facts, words) => {
    expect(forbidden(restore(), facts)).toContain(words);
  });

  it('may not where the rules have its instance no longer', () => {
    expect(forbidden(makeRestore('approved'), {}, [])).toContain('taken out of the rules');
  });

  it('may go back to a safety snapshot whatever the rules allow', () => {
    const undo = makeRestore('approved', {
      draft: { undoes: 'R-16', reason: { kind: 'undo', text: 'It was wrong.' } },
    });
    expect(forbidden(undo, { methods: ['upload'] })).toBeUndefined();
  });

  it('is refused to whoever agrees to it then, and only then', () => {
    const found = { what: 'method', method: 'upload' } as const;
    expect(forbiddenRefusal({ forbidden: found })).toEqual({ reason: 'no-longer-allowed', forbidden: found });
    expect(forbiddenRefusal({})).toBeUndefined();
    expect(forbiddenRefusal()).toBeUndefined();
  });
});
