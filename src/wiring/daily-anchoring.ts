import { randomUUID } from 'node:crypto';
import { UnreadableRecordError } from '../coordinator.ts';
import { startRepeating } from '../queue/repeat.ts';
import { auditChannelsOf } from '../restore/policy/policy-record.ts';
import { createAnchorDaily } from '../slack/daily-anchor.ts';
import { createPostOnce } from '../slack/post-once.ts';
import { headsBetween } from '../store/audit-stream.ts';
import { createDailyAnchorRecord } from '../store/daily-anchor-record.ts';
import { isUnreadable } from '../store/unreadable.ts';
import type { SharedParts } from './shared-parts.ts';

/** Looks again and again whether the daily anchor is owed, and posts it. */
export function startAnchoring(parts: SharedParts): void {
  const { config, closing, redis, store, places, rules, slack, log } = parts;

  async function heldElsewhere(id: string) {
    const shadow = await parts.shadows.find(id);
    if (shadow) return { about: shadow.instance.alias, ids: [shadow.terms.auditChannel] };
    const task = await parts.exports.find(id);
    if (task) return { about: task.instance.alias, ids: [task.auditChannel] };
    const refused = await parts.refusedRequests.load(id);
    if (!refused) return undefined;
    const { instance, auditChannel } = refused;
    return { about: instance?.alias ?? 'refusal', ...(auditChannel === undefined ? {} : { ids: [auditChannel] }) };
  }

  /** A record of the rules that was damaged since this process read it stops no anchor. */
  async function rulesInForce() {
    try {
      return (await rules.record()).inForce;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      log.error({ err: error }, 'the record of the rules cannot be read; anchors go where the rules sent them before');
      return rules.latest();
    }
  }

  const anchorDaily = createAnchorDaily({
    record: createDailyAnchorRecord(redis),
    store,
    headsBetween: (after, through) =>
      headsBetween(redis, after, through, (error, position) =>
        log.error({ err: error, position }, 'audit entry cannot be read; the daily anchor is without it'),
      ),
    places,
    heldElsewhere: (id) =>
      heldElsewhere(id).catch((cause: unknown) => {
        throw isUnreadable(cause) ? new UnreadableRecordError(id, { cause }) : cause;
      }),
    auditChannels: async () => auditChannelsOf(await rulesInForce()),
    postOnce: createPostOnce(slack, places),
    worker: randomUUID(),
    log,
  });
  const anchoring = startRepeating(anchorDaily, config.timing.sweepMs, (error) =>
    log.error({ err: error }, 'daily anchor could not be posted; it is still owed'),
  );
  closing.intake(() => anchoring.stop());
}
