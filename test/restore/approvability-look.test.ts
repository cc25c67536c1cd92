import { describe, expect, it } from 'vitest';
import {
  approvabilityAfter,
  approvabilityLookAt,
  lookAgainMinutes,
  peopleLookAt,
} from '../../src/restore/approvability-look.ts';
import { approvabilityFact } from '../../src/restore/approvable.ts';
import { dueStep } from '../../src/restore/due-step.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { AskedLook, PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { transition } from '../../src/restore/transition.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const policy = { approval: oneApprover({ users: [APPROVER.id], groups: [APPROVERS_GROUP] }) };
const unchecked = { why: 'on-call-unknown', schedules: ['primary'] } as const;
const asked = (draft = {}) => makeRestore('awaiting-approval', { policy, draft: { unchecked, ...draft } });
const later = (minutes: number) => addMinutes(NOW, minutes);
const looked = (restore: Restore, minutes: number, look: Partial<AskedLook>) =>
  followedBy(restore, { type: 'reminded', at: later(minutes), asked: { people: [], isWhole: true, ...look } });
const toRequester = (restore: Restore) =>
  owedMessages(restore)
    .filter(({ kind, to }) => kind === 'approvable' && to === REQUESTER.id)
    .map(({ key }) => key);
const short = [{ name: 'approvers', needed: 1, possible: 0 }];

describe('a request of which nobody could find out whether enough people can approve', () => {
  it('says so in its record, in its history and to the requester', () => {
    const restore = asked();
    expect(restore.approvability).toEqual({ kind: 'unchecked', at: NOW, ...unchecked });
    expect(restore.history[0]?.facts).toMatchObject({ approvable: 'not known: on-call-unknown, primary' });
    expect(toRequester(restore)).toEqual([`approvable:unchecked:${NOW}:${REQUESTER.id}`]);
  });

  it('says nothing of it where it was checked', () => {
    const restore = makeRestore('awaiting-approval', { policy, draft: { candidates: [APPROVER] } });
    expect(restore).not.toHaveProperty('approvability');
    expect(restore.history[0]?.facts).not.toHaveProperty('approvable');
    expect([toRequester(restore), approvabilityLookAt(restore)]).toEqual([[], undefined]);
  });

  it('is looked at again after two minutes, or with a reminder that comes sooner', () => {
    expect(dueStep(asked())).toEqual({ step: 'remind', at: later(2) });
    const reminders = { afterMinutes: [1], nudges: { everyMinutes: 15, most: 3 }, escalation: [] };
    const soon = makeRestore('awaiting-approval', { policy: { ...policy, reminders }, draft: { unchecked } });
    expect(peopleLookAt(soon)).toBe(later(1));
  });

  it('is not looked at again by itself where too many people are named', () => {
    expect(peopleLookAt(asked({ unchecked: { why: 'too-many' } }))).toBeUndefined();
  });

  it('is approvable once a look finds enough people, also among those that could be seen', () => {
    const after = looked(asked(), 2, { people: [GROUP_APPROVER], isWhole: false });
    expect(after.approvability).toEqual({ kind: 'enough', at: later(2) });
    expect(after.history.at(-1)).toMatchObject({ event: 'reminded', facts: { approvable: 'enough' } });
    expect(toRequester(after)).toEqual([`approvable:enough:${later(2)}:${REQUESTER.id}`]);
    expect(peopleLookAt(after)).toBeUndefined();
  });

  it.each<readonly [string, Partial<AskedLook>]>([
    ['nobody', { people: [] }],
    ['the requester only', { people: [{ ...REQUESTER, groups: [APPROVERS_GROUP] }] }],
    ['a guest', { people: [{ ...APPROVER, isGuest: true }] }],
    ['somebody deactivated', { people: [{ ...APPROVER, isActive: false }] }],
    ['somebody who cannot be read', { people: [{ kind: 'unreadable', id: APPROVER.id }] }],
  ])('is short of people when a whole look finds %s, and says who is missing', (_, look) => {
    const after = looked(asked(), 2, look);
    expect(after.approvability).toEqual({ kind: 'short', at: later(2), short });
    expect(after.history.at(-1)?.facts).toMatchObject({ approvable: 'approvers: 0 of 1' });
    expect(toRequester(after)).toEqual([`approvable:short:${later(2)}:${REQUESTER.id}`]);
    expect(peopleLookAt(after)).toBe(later(17));
  });

  it.each<readonly [string, Partial<AskedLook>]>([
    ['while nobody knows who is on call', { isWhole: false, unknownSchedules: ['primary'] }],
    ['when more are named than were read', { isCut: true, people: [makePerson('U1', { isGuest: true })] }],
  ])('stays as it was when too few were seen %s', (_, look) => {
    const restore = asked();
    expect(approvabilityAfter(restore, { people: [], isWhole: true, ...look }, later(2))).toBe(restore.approvability);
  });

  it('hears once of people who are missing, however often that is seen, and again when enough were named', () => {
    const missing = looked(asked(), 2, {});
    const again = { type: 'reminded' as const, at: later(17), asked: { people: [], isWhole: true } };
    expect(transition(missing, again)).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
    const named = looked(missing, 32, { people: [APPROVER] });
    expect(toRequester(named)).toEqual([`approvable:enough:${later(32)}:${REQUESTER.id}`]);
  });

  it('is short anew whenever other rules are, or are by another number', () => {
    const [ada, bob, cem] = [makePerson('U0ADA'), makePerson('U0BOB'), makePerson('U0CEM')];
    const rules = [
      { name: 'owners', needed: 2, users: [ada.id, bob.id], groups: [] },
      { name: 'service', needed: 1, users: [cem.id], groups: [] },
    ];
    const restore = makeRestore('awaiting-approval', {
      policy: { approval: { rules, denialsNeeded: 1 } },
      draft: { unchecked },
    });
    const seenBy = (before: Restore, minutes: number, ...people: readonly PersonFacts[]) => {
      const approvability = approvabilityAfter(before, { people, isWhole: true }, later(minutes));
      return { ...before, ...(approvability ? { approvability } : {}) };
    };
    const seen: readonly (readonly [readonly PersonFacts[], string])[] = [
      [[], 'owners: 0 of 2, service: 0 of 1'],
      [[cem], 'owners: 0 of 2'],
      [[], 'owners: 0 of 2, service: 0 of 1'],
      [[ada], 'owners: 1 of 2, service: 0 of 1'],
      [[ada, bob], 'service: 0 of 1'],
      [[cem], 'owners: 0 of 2'],
    ];
    seen.reduce<Restore>((before, [people, words], index) => {
      const now = seenBy(before, index + 1, ...people);
      expect(now.approvability?.at).toBe(later(index + 1));
      expect(now.approvability && approvabilityFact(now.approvability)).toBe(words);
      expect(seenBy(now, 60, ...people).approvability).toBe(now.approvability);
      return now;
    }, restore);
  });

  it('stays enough once it was found to be, and is looked at by whichever time comes first', () => {
    const enough = looked(asked(), 2, { people: [APPROVER] });
    expect(approvabilityAfter(enough, { people: [], isWhole: true }, later(9))).toBe(enough.approvability);
    const reminders = { afterMinutes: [5], nudges: { everyMinutes: 15, most: 3 }, escalation: [] };
    const later5 = makeRestore('awaiting-approval', { policy: { ...policy, reminders }, draft: { unchecked } });
    expect(peopleLookAt(later5)).toBe(later(2));
    expect([asked(), looked(asked(), 2, {}), enough, {}].map(lookAgainMinutes)).toEqual([2, 15, 2, 2]);
  });

  it('is looked at as well when the requester nudges', () => {
    const nudged = { ...exampleEvent('nudged', asked()), at: later(1), asked: { people: [APPROVER], isWhole: true } };
    expect(followedBy(asked(), nudged).approvability).toEqual({ kind: 'enough', at: later(1) });
    const looking = { ...nudged, asked: { people: [APPROVER], isWhole: true } };
    expect(followedBy(makeRestore('awaiting-approval', { policy }), looking)).not.toHaveProperty('approvability');
  });

  it('is nothing to talk of once it is decided', () => {
    expect(toRequester(afterEvents(asked(), ['approved']))).toEqual([]);
  });

  it('stays approved or not by who can be read at the click alone', () => {
    const yes = exampleEvent('approved', asked());
    const unreadable = { ...yes, person: { kind: 'unreadable', id: APPROVER.id } } as const;
    expect(transition(asked(), unreadable)).toMatchObject({ refusal: { reason: 'identity-unreadable' } });
    expect(transition(looked(asked(), 2, {}), { ...yes, at: later(3) }).kind).toBe('changed');
  });

  it('is so again after a change of its plan of which nobody could find it out', () => {
    const edited = { ...exampleEvent('edited', asked()), unchecked: { why: 'no-answer' } } as const;
    const enough = looked(asked(), 2, { people: [APPROVER] });
    expect(followedBy(enough, edited).approvability).toEqual({ kind: 'unchecked', at: edited.at, why: 'no-answer' });
    expect(followedBy(enough, edited).history.at(-1)?.facts).toMatchObject({ approvable: 'not known: no-answer' });
    const { unchecked: _, ...checked } = edited;
    expect(followedBy(enough, checked).approvability).toEqual(enough.approvability);
  });

  it('is read from the store as it was written', () => {
    for (const restore of [asked(), looked(asked(), 2, {}), looked(asked(), 2, { people: [APPROVER] })])
      expect(parseRestore(JSON.stringify(restore))).toEqual(restore);
  });
});
