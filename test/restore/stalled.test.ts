import { describe, expect, it } from 'vitest';
import { directMessage } from '../../messages/direct-message.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const restoring = inStatus(makeRestore('restoring'), 'restoring');
const reporting = (status: string) =>
  followedBy(restoring, {
    ...exampleEvent('step-observed', restoring),
    words: `Aura reports the instance as "${status}".`,
  });
const stalled = (restore: Restore) => followedBy(restore, exampleEvent('stall-noticed', restore));
const owed = (restore: Restore) => owedMessages(restore).filter(({ kind }) => kind === 'stalled');
const said = (restore: Restore) => directMessage('stalled', restore, undefined, { now: NOW }).text;

describe('a restore that has stalled while Aura restores', () => {
  it('is told of to the requester and to everybody who agreed', () => {
    expect(owed(reporting('foo'))).toEqual([]);
    expect(owed(stalled(reporting('foo')))).toEqual([
      { key: `stalled:${REQUESTER.id}`, kind: 'stalled', to: REQUESTER.id },
      { key: `stalled:${APPROVER.id}`, kind: 'stalled', to: APPROVER.id },
    ]);
  });

  it('is told of once, also when it stalls again', () => {
    const told = owed(stalled(reporting('foo'))).reduce<Restore>(
      (before, { key, to }) =>
        followedBy(before, {
          ...exampleEvent('message-settled', before),
          key,
          delivery: { status: 'posted', channel: to, ts: '1.1', at: NOW },
        }),
      stalled(reporting('foo')),
    );
    expect(owed(told)).toEqual([]);
    const moved = followedBy(told, { ...exampleEvent('step-observed', told), words: 'Aura reports "loading".' });
    expect(owed(stalled(moved))).toEqual([]);
  });

  it('is not told of any more when there is news, or when it has ended meanwhile', () => {
    const before = stalled(reporting('foo'));
    const moved = followedBy(before, { ...exampleEvent('step-observed', before), words: 'Aura reports "loading".' });
    expect(owed(moved)).toEqual([]);
    expect(owed(afterEvents(before, ['running-seen', 'restore-finished']))).toEqual([]);
    expect(owed(afterEvents(before, ['step-failed']))).toEqual([]);
  });

  it.each(['approved', 'awaiting-safety-snapshot', 'verifying'] as const)(
    'is told of only then, and not when it stalls while it is %s: the card can stop it, or it goes on by itself',
    (status) => {
      expect(owed(stalled(makeRestore(status)))).toEqual([]);
    },
  );

  it('says what was expected, what Aura says, since when, that nothing is sent, and what to do', () => {
    const text = said(stalled(reporting('foo')));
    const { instance } = restoring.plan;
    for (const words of [
      'Expected downtime:',
      'Aura reports the instance as "foo".',
      'unchanged since',
      'goes on looking',
      'nothing more is sent to Aura',
      'in the Aura console',
      'ask Neo4j support',
      instance.alias,
      instance.auraId,
    ])
      expect(text).toContain(words);
  });

  it('says since when Aura has given no answer', () => {
    const silent = followedBy(restoring, {
      ...exampleEvent('step-observed', restoring),
      words: 'Aura gave no usable answer.',
      unansweredSince: NOW,
    });
    expect(said(stalled(silent))).toContain('Aura has given no usable answer since');
  });
});
