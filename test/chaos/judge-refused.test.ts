import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digest } from '../../chaos/canonical.ts';
import type { Deed } from '../../chaos/deed.ts';
import { judgeRefused } from '../../chaos/judge-refused.ts';
import type { Entry } from '../../chaos/records.ts';
import type { RefusedSeen } from '../../chaos/side-records.ts';
import type { SimMessage } from '../../playground/slack/workspace.ts';

const WHO = 'U0GUEST';
const nameOf = (trigger: string) => createHash('sha256').update(trigger).digest('base64url').slice(0, 16);

function record(id: string, attempt: 'request' | 'open-form', trigger: string, by = WHO): RefusedSeen {
  const linked = {
    seq: 1,
    at: '2026-11-21T10:00:00.000Z',
    event: 'attempt-refused',
    by,
    facts: { restore: id, attempt, reason: 'guest', interaction: nameOf(trigger) },
    previous: '',
  };
  return { id, instance: { alias: 'orders', auraId: '0a1b2c3d' }, history: [{ ...linked, hash: digest(linked) }] };
}

const deed = (what: Deed['what'], told: Deed['told'], trigger: string, words = ''): Deed => ({
  at: 0,
  who: WHO,
  what,
  mark: 'mark',
  told,
  words,
  trigger,
});
const whisper: SimMessage = {
  ts: '1.1',
  channel: 'C0APPROVALS',
  user: 'U0BOT',
  onlyFor: WHO,
  text: 'Nothing was changed: guests cannot ask for or decide about a restore.',
  blocks: [],
};

function judged(
  refused: readonly RefusedSeen[],
  seen: {
    readonly deeds?: readonly Deed[];
    readonly messages?: readonly SimMessage[];
    readonly audit?: readonly RefusedSeen[];
  },
) {
  const audit = new Map<string, readonly Entry[]>((seen.audit ?? refused).map(({ id, history }) => [id, history]));
  return judgeRefused(refused, audit, { deeds: seen.deeds ?? [], messages: seen.messages ?? [] }).map(
    ({ promise, restoreId }) => `${promise}: ${restoreId}`,
  );
}

const refused = deed('request', 'refused', 'press');
const kept = record('N-1', 'request', 'press');

describe('a refusal that somebody heard', () => {
  it('is on record once', () => {
    expect(judged([kept], { deeds: [refused] })).toEqual([]);
    expect(judged([], { deeds: [refused] })).toEqual(['nothing lost: mark']);
    expect(judged([kept, record('N-2', 'request', 'press')], { deeds: [refused] })).toEqual(['nothing twice: mark']);
  });

  it('is no refusal where a field was left empty', () => {
    const asked = deed('request', 'refused', 'press', '{"reason":"Choose the reason."}');
    expect(judged([], { deeds: [asked] })).toEqual([]);
  });

  it('may be on record where nobody heard it', () => {
    expect(judged([kept], { deeds: [deed('request', 'unanswered', 'press')] })).toEqual([]);
  });

  it('is on record where the form was refused already', () => {
    const opening = { deeds: [deed('open-form', 'unanswered', 'command')], messages: [whisper] };
    expect(judged([record('N-1', 'open-form', 'command')], opening)).toEqual([]);
    expect(judged([], opening)).toEqual([`nothing lost: ${WHO}`]);
  });
});

describe('a refusal on record', () => {
  it('was tried', () => {
    expect(judged([kept], {})).toEqual(['nothing twice: N-1']);
    expect(judged([record('N-1', 'request', 'press', 'U0EVE')], { deeds: [] })).toEqual(['nothing twice: N-1']);
  });

  it.each(['done', 'nothing'] as const)('is of nobody who was told %s', (told) => {
    expect(judged([kept], { deeds: [deed('request', told, 'press')] })).toEqual(['nothing twice: mark']);
  });

  it('has a whole chain, which the audit stream has too', () => {
    const [entry] = kept.history;
    const changed = { ...kept, history: entry ? [{ ...entry, by: 'U0EVE' }] : [] };
    expect(judged([changed], { deeds: [refused], audit: [kept] })).toContain('nothing lost: N-1');
    expect(judged([kept], { deeds: [refused], audit: [] })).toEqual(['nothing lost: N-1']);
  });
});
