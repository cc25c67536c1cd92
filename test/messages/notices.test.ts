import { describe, expect, it } from 'vitest';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import type { Delivery } from '../../src/restore/restore.ts';
import { afterEvents, makeRestore, NOW } from '../support/make-restore.ts';

describe('the notices', () => {
  const body = (notice: ReturnType<typeof plannedNotice>) =>
    notice.kind === 'message' ? notice.text : `incomplete: ${notice.missing}`;
  const plain = (text: string) => text.replace(/<!date\^\d+\^[^|]*\|([^>]*)> \([^)]*\)/g, '$1');

  it('before are the operations guide’s template, word for word', () => {
    const restore = makeRestore('approved', { policy: { contact: 'the database owners' } });
    expect(plain(body(plannedNotice(restore)))).toMatchInlineSnapshot(`
      "PLANNED MAINTENANCE: Database Restore Operation

      When: 2026-11-21 03:20 UTC
      Duration: Estimated 0.1 to 0.5 hours
      Impact: Database unavailable, 3.3 hours of data will be rolled back
      Reason: Corrupted data. An import set every price to zero.
      Last Data Point: 2026-11-21 00:04 UTC
      Data Loss: All changes after 2026-11-21 00:04 UTC will be lost

      Please:
      - Save work before 2026-11-21 03:20 UTC
      - Plan for service interruption
      - Contact the database owners with concerns

      Database orders (Orders), PRODUCTION 🔴 · restore R-17"
    `);
  });

  it('after are the operations guide’s template, word for word', () => {
    expect(
      plain(body(outcomeNotice(makeRestore('completed', { policy: { contact: 'the database owners' } })))),
    ).toMatchInlineSnapshot(`
      "MAINTENANCE COMPLETE: Database Restore Finished

      Completion Time: 2026-11-21 03:16 UTC
      Status: Service restored
      Data State: Restored to 2026-11-21 00:04 UTC
      Action Required: Log in again.

      Please verify your data and report any issues to the database owners

      Database orders (Orders), PRODUCTION 🔴 · restore R-17"
    `);
  });

  it('after a restore that failed tell what became of the data', () => {
    expect(
      plain(body(outcomeNotice(makeRestore('failed', { policy: { contact: 'the database owners' } })))),
    ).toMatchInlineSnapshot(`
      "MAINTENANCE ENDED: Database Restore Not Completed

      End Time: 2026-11-21 03:13 UTC
      Status: The restore did not complete: Aura refused the request.
      Data State: Unchanged: nothing was rolled back
      Action Required: None because of this maintenance

      Please contact the database owners with concerns

      Database orders (Orders), PRODUCTION 🔴 · restore R-17"
    `);
  });

  it('are not sent with a field missing', () => {
    const restore = makeRestore('approved', { policy: { contact: ' ' } });
    expect(plannedNotice(restore)).toEqual({ kind: 'incomplete', missing: ['contact'] });
  });

  describe('after a restore that was put off once', () => {
    const place = 'C0ORDERS';
    const putOff = afterEvents(makeRestore('approved'), ['drifted']);
    const ended = afterEvents(putOff, ['approved', 'preflight-passed', 'cancelled']);
    const posted: Delivery = { status: 'posted', channel: place, ts: '1795230245.000100', at: NOW };
    const undelivered: Delivery = { status: 'undeliverable', why: 'not_in_channel', at: NOW };
    const told = (first: Delivery, second: Delivery) =>
      body(
        outcomeNotice({ ...ended, deliveries: { [plannedKey(place)]: first, [plannedKey(place, 1)]: second } }, place),
      );

    it('say nothing of an announcement that was missed where the start that counts was announced', () => {
      expect(told(undelivered, posted)).not.toContain('could not be posted here in time');
    });

    it('say what it was about where only the start that was put off was announced', () => {
      expect(told(posted, undelivered)).toContain('could not be posted here in time');
    });

    it('say that nobody knows of an announcement that Slack took without an answer', () => {
      const words = told(posted, { ...undelivered, mayHaveArrived: true });
      expect(words).toContain('Nobody knows whether the notice before this maintenance arrived here. It was a restore');
      expect(words).not.toContain('could not be posted here in time');
    });

    it('say nothing of an announcement where no other start was agreed to before it was stopped', () => {
      const stopped = { ...afterEvents(putOff, ['cancelled']), deliveries: { [plannedKey(place)]: posted } };
      expect(body(outcomeNotice(stopped, place))).not.toContain('could not be posted here in time');
    });
  });
});
