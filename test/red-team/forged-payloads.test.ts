import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { approvalForm } from '../../messages/approval-form.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { requestRestore, until } from '../../playground/story.ts';
import { STAGING } from '../../playground/world.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { makePerson } from '../support/people.ts';
import { createForger, type Forger } from './forger.ts';

const { requester, approver, guest } = PEOPLE;
const WORDS = { [FIELD.restoreWord]: 'RESTORE', [FIELD.instanceName]: STAGING.alias };

let journey: Journey;
let forger: Forger;
let restore: Restore;
let requests = 0;

beforeAll(async () => {
  journey = await startJourney({ transport: 'http' });
  forger = await createForger(journey);
});
afterAll(async () => {
  forger.end();
  await journey.end();
});

/** Each test attacks a request of its own that waits for its second person. */
beforeEach(async () => {
  requests += 1;
  await requestRestore(journey, { alias: STAGING.alias });
  restore = await forger.record(`R-${requests}`);
});

afterEach(async () => {
  await forger.send(forger.click(requester.id, ACTION.withdraw, restore.id));
  await vi.waitFor(async () => expect(ENDED).toContain((await now()).state.status), 20_000);
});

const formFor = (id: string) => approvalForm(restore, restore.since, makePerson(id));
const approvalBy = (id: string, payload = {}) => forger.submission(id, formFor(id), { values: WORDS, payload });
const now = () => forger.record(restore.id);
const ENDED: readonly Status[] = ['withdrawn', 'completed'];
const restoreCalls = () => journey.aura.calls('restore').length;

/** Nothing about the request is other than it was, not even an attempt. */
async function expectUntouched(): Promise<void> {
  const found = await now();
  expect(found.state).toEqual(restore.state);
  expect(found.history).toHaveLength(restore.history.length);
}

describe('whoever is not Slack', () => {
  it.each([
    ['has another secret', { secret: 'guessed' }],
    ['sends again what was signed six minutes ago', { ageSeconds: 360 }],
  ])('and %s is turned away at the door', async (_, how) => {
    const sent = await forger.send(approvalBy(approver.id), how);
    expect(sent.status).toBe(401);
    await expectUntouched();
  });
});

describe('a payload of another workspace', () => {
  const elsewhere = { team: { id: 'T0EVIL', domain: 'evil' } };

  it('is not let through, though its person claims an id of ours', async () => {
    const sent = await forger.send(approvalBy(approver.id, elsewhere));
    expect(sent.words).toBe('');
    await expectUntouched();
    await forger.send(forger.click(approver.id, ACTION.approve, restore.id, elsewhere));
    await forger.send(forger.click(requester.id, ACTION.withdraw, restore.id, elsewhere));
    await expectUntouched();
    expect(journey.slack.as(approver.id).modal()).toBeUndefined();
  });
});

describe('a confirmation that is recorded and sent again', () => {
  it('counts once', async () => {
    const before = restoreCalls();
    const sent = await forger.send(approvalBy(approver.id));
    expect(sent).toMatchObject({ status: 200, words: '' });
    const again = await Promise.all([sent.again(), sent.again(), sent.again()]);
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
    await until('the end', () => journey.aura.instances.find(STAGING.id).dataVersion !== 'now');
    const { history } = await now();
    expect(history.filter(({ event }) => event === 'approved')).toHaveLength(1);
    await sent.again();
    expect(restoreCalls()).toBe(before + 1);
  });
});

describe('a form whose hidden part was written by somebody else', () => {
  const sendWith = (metadata: string) => {
    const view = { ...formFor(approver.id), private_metadata: metadata };
    return forger.send(forger.submission(approver.id, view, { values: WORDS }));
  };

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['no object', 'null'],
    ['a number for an id', '{"id":17}'],
    ['a prototype', '{"__proto__":{"id":"R-1"}}'],
    ['a megabyte', JSON.stringify({ id: 'R'.repeat(1_000_000) })],
    ['an id with a pattern', '{"id":"R-*"}'],
    ['the key of something else', '{"id":"../../aura-token"}'],
  ])('and holds %s decides nothing, and says so at the field', async (_, metadata) => {
    const sent = await sendWith(metadata);
    expect(sent.status).toBe(200);
    expect(sent.words).toContain('errors');
    await expectUntouched();
  });

  it('cannot stand for a plan that is not the one on record', async () => {
    const sent = await sendWith(JSON.stringify({ id: restore.id, planHash: 'f'.repeat(64), round: 1 }));
    expect(sent.words).toContain('errors');
    expect((await now()).state).toEqual(restore.state);
  });

  it('cannot leave the plan out', async () => {
    const sent = await sendWith(JSON.stringify({ id: restore.id }));
    expect(sent.words).toContain('errors');
    expect((await now()).state).toEqual(restore.state);
  });

  it('cannot turn the words for one instance into a yes for another', async () => {
    const production = await requestRestore(journey).then(async () => forger.record(`R-${++requests}`));
    const metadata = JSON.stringify({ id: production.id, planHash: production.planHash, round: 0 });
    const sent = await sendWith(metadata);
    expect(sent.words).toContain('This is not the name of the instance');
    expect((await forger.record(production.id)).state.status).toBe('awaiting-approval');
    await forger.send(forger.click(requester.id, ACTION.withdraw, production.id));
  });
});

describe('a form that was never opened for whoever sends it', () => {
  it.each([
    ['the requester', requester.id, 'own-request'],
    ['a guest', guest.id, 'guest'],
  ])('is refused to %s, and the attempt is on record', async (_, id, reason) => {
    const sent = await forger.send(approvalBy(id, { user: { id, name: approver.name, username: approver.name } }));
    expect(sent.words).toContain('errors');
    const found = await now();
    expect(found.state).toEqual(restore.state);
    expect(found.history.at(-1)).toMatchObject({ event: 'attempt-refused', by: id, facts: { reason } });
  });

  it('is refused to an id that Slack does not know', async () => {
    const sent = await forger.send(approvalBy('U0NOBODY'));
    expect(sent.words).toContain('errors');
    expect((await now()).state).toEqual(restore.state);
  });
});

describe('a button whose value was changed', () => {
  it.each([
    ['a restore that does not exist', 'R-99999'],
    ['two at once', 'R-1 R-2'],
    ['a path', '../R-1'],
    ['an id with a zero byte', 'R-1\u0000'],
    ['a prototype', '__proto__'],
    ['nothing', ''],
    ['ten thousand characters', 'R-'.repeat(5_000)],
  ])('to %s is answered, and touches nothing', async (_, value) => {
    for (const action of [ACTION.approve, ACTION.deny, ACTION.withdraw, ACTION.cancel, ACTION.edit]) {
      expect((await forger.send(forger.click(approver.id, action, value))).status).toBe(200);
    }
    await expectUntouched();
  });

  it('to another request acts on that one, under the rules of that one', async () => {
    await forger.send(forger.click(approver.id, ACTION.withdraw, restore.id));
    expect((await now()).state.status).toBe('awaiting-approval');
    const told = journey.slack.messages(CHANNELS.approvals.id, approver.id).at(-1)?.text;
    expect(told).toContain('can withdraw this request');
  });
});
