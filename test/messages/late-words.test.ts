import { describe, expect, it } from 'vitest';
import { directMessage } from '../../messages/direct-message.ts';
import { lateNotice } from '../../messages/late-notice.ts';
import type { Language } from '../../src/restore/language.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { type EventType, exampleEvent } from '../support/example-events.ts';
import {
  afterEvents,
  EVENTS_TO,
  followedBy,
  makeRestore,
  NOW,
  type RestoreFacts,
  TAKEN_AT,
} from '../support/make-restore.ts';

const BEGUN = ['restore-sent', 'restoring', 'verifying'] as const;
const BEGINNING = ['taking-baseline', 'awaiting-safety-snapshot', 'ready-to-restore'] as const;
const HELD_UP = [false, true] as const;

/** Slack was away from before the word of the late start until this status. */
function lateIn(status: Status, isHeldUp: boolean, draft: RestoreFacts['draft'] = {}): Restore {
  const approved = makeRestore('approved', { policy: { lossBoundMinutes: 60 }, draft });
  const told = followedBy(approved, { ...exampleEvent('message-settled', approved), key: plannedKey('C0ORDERS') });
  const late = followedBy(told, { ...exampleEvent('start-late', told), ...(isHeldUp ? { isHeldUp } : {}) });
  const rest: readonly EventType[] = EVENTS_TO[status].slice(1);
  return afterEvents(late, rest);
}

const plain = (text: string) => text.replace(/<!date\^\d+\^[^|]*\|([^>]*)>(?: \([^)]*\))?/g, '$1');
const privately = (restore: Restore, language: Language = 'en') =>
  plain(directMessage('starting-late', restore, undefined, { now: NOW }, { language }).text);
const inChannels = (restore: Restore, language: Language = 'en') => {
  const notice = lateNotice(restore, { language });
  return notice.kind === 'message' ? plain(notice.text) : `incomplete: ${notice.missing}`;
};
const kindsOwed = (restore: Restore) => owedMessages(restore).map(({ kind }) => kind);

describe('the word of a late start that arrives after the start', () => {
  it.each(BEGUN.flatMap((status) => HELD_UP.map((isHeldUp) => [status, isHeldUp] as const)))(
    'says in %s (held up: %s) that it has begun, when and why, and offers no stop',
    (status, isHeldUp) => {
      const restore = lateIn(status, isHeldUp);
      expect(kindsOwed(restore)).toEqual(expect.arrayContaining(['starting-late', 'late']));
      const said = privately(restore);
      expect(said).toMatch(
        /it began late, 2026-\S+ \S+ UTC: .* after its planned start 2026-\S+ \S+ UTC\. The bot was not running/,
      );
      expect(said).toContain('It can no longer be stopped. The card follows every step');
      expect(said).not.toMatch(/can still stop|starts now|has not started/);
      const notice = inChannels(restore);
      expect(notice).toMatch(/When: Has begun already, 2026-\S+ \S+ UTC; it was planned for 2026-\S+ \S+ UTC\n/);
      expect(notice).toMatch(/How it ends follows here\./);
      expect(notice).not.toMatch(/At once|When what holds it up|save work/);
    },
  );

  it('says so in German', () => {
    const restore = lateIn('restoring', true);
    expect(privately(restore, 'de')).toMatch(/Sie hat verspätet begonnen, .*Anhalten lässt sie sich nicht mehr\./);
    expect(privately(restore, 'de')).not.toMatch(/noch anhalten|noch stoppen|startet/);
    expect(inChannels(restore, 'de')).toMatch(/Wann: Hat schon begonnen, .*; geplant war /);
    expect(inChannels(restore, 'de')).not.toMatch(/Sofort|Sobald/);
  });

  it.each(BEGINNING)('says in %s, whatever held it up, that it starts now and can still be stopped', (status) => {
    for (const isHeldUp of HELD_UP) {
      const restore = lateIn(status, isHeldUp);
      expect(privately(restore)).toContain('It starts now; the card can still stop it.');
      expect(inChannels(restore)).toMatch(/When: At once;/);
      expect(inChannels(restore)).toContain('save work elsewhere at once');
    }
  });

  it('says while it waits what it waits for', () => {
    expect(privately(lateIn('approved', true))).toContain('it has not started');
    expect(inChannels(lateIn('approved', true))).toMatch(/When: When what holds it up is over/);
    expect(privately(lateIn('approved', false))).toContain('It starts now');
  });

  it('asks to save work while a file is still to be loaded', () => {
    const file = { name: 'orders.dump', kind: 'dump', sizeBytes: 3_400_000_000 } as const;
    const chosen = { method: 'backup-file', file, savedAt: TAKEN_AT } as const;
    const awaited = lateIn('restore-sent', false, { chosen });
    expect(inChannels(awaited)).toMatch(/When: Has begun already/);
    expect(inChannels(awaited)).toContain('save work elsewhere at once');
    expect(privately(awaited)).toContain(
      'To stop it, make sure that nobody uploads the file, then press "It will not be uploaded" on the card.',
    );
    expect(privately(awaited, 'de')).toContain('dann auf der Karte „Sie wird nicht hochgeladen“ drücken.');
    const loading = lateIn('restoring', false, { chosen });
    expect(privately(loading)).toContain('It can no longer be stopped.');
  });

  it.each(['completed', 'failed', 'cancelled'] as const)('is not owed any more when it is %s', (status) => {
    expect(kindsOwed(lateIn(status, false))).not.toEqual(expect.arrayContaining(['starting-late']));
    expect(kindsOwed(lateIn(status, false))).not.toEqual(expect.arrayContaining(['late']));
  });
});
