import { describe, expect, it } from 'vitest';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import {
  groupsMentionedIn,
  isPerson,
  noticePlaces,
  stakeholderRefusal,
  stakeholdersNamed,
} from '../../src/restore/stakeholders.ts';
import { makeRestore } from '../support/make-restore.ts';
import { BYSTANDER, GUEST, makePerson, UNREADABLE } from '../support/people.ts';

const OWNER = makePerson('U0OLGA');
const GROUP_OWNER = makePerson('U0OTTO', { groups: ['S0CART'] });
const STAKEHOLDER = makePerson('U0STAN');
const [ORDERS, CART, PAY, ELSEWHERE] = ['C0ORDERS', 'C0CART', 'C0PAY', 'C0ELSEWHERE'];

/** Told in three channels: one of all, one of a dependant with owners, one of a dependant without. */
const POLICY: Partial<InstancePolicy> = {
  noticeChannels: [ORDERS, CART, PAY],
  dependants: [
    { name: 'Cart', users: [OWNER.id], groups: ['S0CART'], channel: CART },
    { name: 'Payment', owner: 'Team Pay', channel: PAY },
  ],
};
const PEOPLE: Partial<InstancePolicy> = { stakeholders: { users: [STAKEHOLDER.id, OWNER.id], groups: ['S0SHOP'] } };

const restoreOf = (policy: Partial<InstancePolicy> = {}, isDryRun = false) =>
  makeRestore('approved', { draft: { isDryRun }, policy: { ...POLICY, ...policy } });
const ofInstance = (policy: Partial<InstancePolicy>) => restoreOf({ dependants: [], ...policy });

describe('a head message', () => {
  it('is in every channel of the plan, and with each person who is named, once', () => {
    expect(noticePlaces(restoreOf())).toEqual([ORDERS, CART, PAY, OWNER.id]);
    expect(noticePlaces(restoreOf(PEOPLE))).toEqual([ORDERS, CART, PAY, STAKEHOLDER.id, OWNER.id]);
  });

  it('is nowhere when nothing is changed', () => {
    expect(noticePlaces(restoreOf(PEOPLE, true))).toEqual([]);
  });

  it.each([
    ['U0ANTON', true],
    ['W0ANTON', true],
    ['C0UW', false],
    ['G0UW', false],
    ['D0UW', false],
  ])('that goes to %s goes to a person: %s', (place, isOne) => {
    expect(isPerson(place)).toBe(isOne);
  });
});

it('stakeholders and the owners of dependants are named, each once, whatever the channel', () => {
  expect(stakeholdersNamed(restoreOf(PEOPLE))).toEqual({
    users: [STAKEHOLDER.id, OWNER.id],
    groups: ['S0SHOP', 'S0CART'],
  });
  expect(stakeholdersNamed(ofInstance({}))).toEqual({ users: [], groups: [] });
});

describe('the groups that are mentioned', () => {
  const everywhere = { name: 'Reports', groups: ['S0REPORTS'] };
  const dependants = [...(POLICY.dependants ?? []), everywhere];

  it.each<[string, string, Partial<InstancePolicy>, readonly string[]]>([
    ['the owners of a dependant, in its channel', CART, {}, ['S0CART']],
    ['not those of another dependant', PAY, {}, []],
    ['nor in a channel of all', ORDERS, {}, []],
    ['those of a dependant without a channel, everywhere', ORDERS, { dependants }, ['S0REPORTS']],
    ['both in the channel of one', CART, { dependants }, ['S0CART', 'S0REPORTS']],
    ['the stakeholders, everywhere', PAY, PEOPLE, ['S0SHOP']],
    ['each group once', CART, { stakeholders: { users: [], groups: ['S0CART'] } }, ['S0CART']],
  ])('are %s', (_, channel, policy, groups) => {
    expect(groupsMentionedIn(channel, restoreOf(policy))).toEqual(groups);
  });
});

describe('who may acknowledge and object', () => {
  const shared = restoreOf({
    dependants: [...(POLICY.dependants ?? []), { name: 'Search', users: [STAKEHOLDER.id], channel: PAY }],
  });
  const byGroup = restoreOf({ dependants: [{ name: 'Cart', groups: ['S0CART'], channel: CART }] });
  const channelsToo = restoreOf({ stakeholders: { users: [STAKEHOLDER.id], groups: [], channelsToo: true } });
  const channelToo = restoreOf({ dependants: [{ name: 'Cart', users: [OWNER.id], channel: CART, channelToo: true }] });
  const NO = 'not-a-stakeholder';

  it.each<[string, ReturnType<typeof restoreOf>, PersonFacts, string | undefined, string | undefined]>([
    ['anybody in a channel of all', restoreOf(), BYSTANDER, ORDERS, undefined],
    ['nobody in a channel of all when stakeholders are named', restoreOf(PEOPLE), BYSTANDER, ORDERS, NO],
    ['a stakeholder there, then', restoreOf(PEOPLE), STAKEHOLDER, ORDERS, undefined],
    ['nobody from a channel that is not told', restoreOf(), BYSTANDER, ELSEWHERE, NO],
    ['nobody from nowhere', restoreOf(), BYSTANDER, undefined, NO],
    ['an owner from nowhere', restoreOf(), OWNER, undefined, undefined],
    ['an owner from another channel', restoreOf(), OWNER, ELSEWHERE, undefined],
    ['a member of a group of owners', restoreOf(), GROUP_OWNER, CART, undefined],
    ['nobody else in the channel of named owners', restoreOf(), BYSTANDER, CART, NO],
    ['nobody else in the channel of a group of owners', byGroup, BYSTANDER, CART, NO],
    ['anybody in the channel of a dependant that names nobody', restoreOf(), BYSTANDER, PAY, undefined],
    ['and there also when stakeholders are named', restoreOf(PEOPLE), BYSTANDER, PAY, undefined],
    ['and when another dependant of that channel names its owners', shared, BYSTANDER, PAY, undefined],
    [
      'anybody in a channel of all where the channels count beside the stakeholders',
      channelsToo,
      BYSTANDER,
      ORDERS,
      undefined,
    ],
    ['but nobody in the channel of named owners by that', channelsToo, BYSTANDER, CART, NO],
    ['anybody in the channel of a dependant that counts beside its owners', channelToo, BYSTANDER, CART, undefined],
    ['no guest, whatever the channel', restoreOf(), GUEST, ORDERS, 'guest'],
    [
      'nobody who is not known, although named',
      restoreOf(),
      { ...UNREADABLE, id: OWNER.id },
      CART,
      'identity-unreadable',
    ],
  ])('%s', (_, restore, person, place, reason) => {
    expect(stakeholderRefusal(restore, person, place)?.reason).toBe(reason);
  });
});
