import { describe, expect, it } from 'vitest';
import type { Vote } from '../../src/restore/agreement.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { isFilled, verdictOf } from '../../src/restore/votes.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { REQUESTER } from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'database owners', users: [], groups: ['S0OWNERS'], needed: 2 };

/** A request whose record holds these votes, however they came there. */
function verdict(
  given: {
    readonly rules?: readonly ApprovalRule[];
    readonly denialsNeeded?: number;
    readonly samePeople?: readonly (readonly string[])[];
  },
  ...votes: readonly Partial<Vote>[]
) {
  const { rules = [OWNERS], denialsNeeded = 1, samePeople } = given;
  const asked = makeRestore('awaiting-approval', { policy: { approval: { rules, denialsNeeded } } });
  const restore = samePeople ? { ...asked, terms: { ...asked.terms, samePeople } } : asked;
  return verdictOf(
    restore,
    votes.map((vote) => ({
      by: 'U0ONE',
      at: NOW,
      kind: 'approve',
      planHash: restore.planHash,
      countsFor: rules.map(({ name }) => name),
      ...vote,
    })),
  );
}

describe('whatever votes a record holds', () => {
  it('two people who agree are a yes where two are needed', () => {
    expect(verdict({}, { by: 'U0ONE' }, { by: 'U0TWO' })).toBe('approved');
    expect(verdict({}, { by: 'U0ONE' })).toBe('open');
    expect(verdict({})).toBe('open');
  });

  it('one for another plan is none', () => {
    expect(verdict({}, { by: 'U0ONE' }, { by: 'U0TWO', planHash: 'another' })).toBe('open');
    expect(verdict({}, { by: 'U0ONE', kind: 'deny', planHash: 'another' })).toBe('open');
  });

  it('two of one human are one, whether under one account or two', () => {
    expect(verdict({}, { by: 'U0ONE' }, { by: 'U0ONE' })).toBe('open');
    expect(verdict({ samePeople: [['U0ONE', 'U0TWO']] }, { by: 'U0ONE' }, { by: 'U0TWO' })).toBe('open');
    expect(verdict({ samePeople: [['U0ONE', 'U0TWO']] }, { by: 'U0ONE' }, { by: 'U0TWO' }, { by: 'U0THREE' })).toBe(
      'approved',
    );
  });

  it('one with somebody’s place and one of that somebody are one, whoever was first', () => {
    const held = { by: 'U0TWO', standingInFor: 'U0ONE' };
    expect(verdict({}, { by: 'U0ONE' }, held)).toBe('open');
    expect(verdict({}, held, { by: 'U0ONE' })).toBe('open');
    expect(verdict({}, held, { by: 'U0THREE', standingInFor: 'U0ONE' })).toBe('open');
    expect(verdict({}, held, { by: 'U0THREE', standingInFor: 'U0TWO' })).toBe('open');
    expect(verdict({}, held, { by: 'U0THREE', standingInFor: 'U0FOUR' })).toBe('approved');
  });

  it('the requester’s is none, under any account', () => {
    expect(verdict({}, { by: 'U0ONE' }, { by: REQUESTER.id })).toBe('open');
    expect(verdict({ samePeople: [['U0ONE', REQUESTER.id]] }, { by: 'U0ONE' }, { by: 'U0TWO' })).toBe('open');
  });

  it('one for a rule that the plan does not need fills nothing', () => {
    expect(verdict({}, { by: 'U0ONE' }, { by: 'U0TWO', countsFor: ['another rule'] })).toBe('open');
  });

  it('no rules at all are never a yes, and a rule that needs nobody is never filled', () => {
    expect(verdict({ rules: [] }, { by: 'U0ONE' }, { by: 'U0TWO' })).toBe('open');
    const nobody = { ...OWNERS, needed: 0 };
    expect(isFilled({ rule: nobody, filledBy: [] })).toBe(false);
    expect(verdict({ rules: [nobody] }, { by: 'U0ONE' }, { by: 'U0TWO' })).toBe('open');
  });

  it('a no is one only when somebody says it, even where none is needed', () => {
    expect(verdict({ denialsNeeded: 0 })).toBe('open');
    expect(verdict({ denialsNeeded: 0 }, { kind: 'deny' })).toBe('denied');
    expect(verdict({ denialsNeeded: 2 }, { by: 'U0ONE', kind: 'deny' }, { by: 'U0ONE', kind: 'deny' })).toBe('open');
    expect(verdict({ denialsNeeded: 2 }, { by: 'U0ONE', kind: 'deny' }, { by: 'U0TWO', kind: 'deny' })).toBe('denied');
  });

  it('a complete no counts before a complete yes, in whatever order they stand', () => {
    const yes = [{ by: 'U0ONE' }, { by: 'U0TWO' }];
    const no = { by: 'U0THREE', kind: 'deny' } as const;
    expect(verdict({}, ...yes, no)).toBe('denied');
    expect(verdict({}, no, ...yes)).toBe('denied');
  });
});
