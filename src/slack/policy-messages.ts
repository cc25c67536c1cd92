import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { policyAnnouncement } from '../../messages/policy/announcement.ts';
import { proposalCard } from '../../messages/policy/proposal-card.ts';
import type { PolicyKeeper } from '../policy-keeper.ts';
import type { Instant } from '../restore/names.ts';
import { type OwedAnnouncement, owedAnnouncements } from '../restore/policy/owed-announcements.ts';
import type { PolicyRecord } from '../restore/policy/policy-record.ts';
import type { Proposal } from '../restore/policy/proposal.ts';
import { rulesLanguage } from '../restore/policy/rules-language.ts';
import type { CardPlace, MessagePlaces } from '../store/message-places.ts';
import { deliveryOf } from './delivery.ts';
import type { PostOnce, SlackMessage } from './post-once.ts';
import type { SeekPost } from './seek-post.ts';
import { GONE, troubleOf } from './slack-errors.ts';

/** Says what the record of the rules owes: announcements once, and the card of each proposal as it stands. May be repeated at will. */
export type PostPolicyMessages = (record: PolicyRecord) => Promise<'all-said' | 'still-owed'>;

export function createPolicyMessages(parts: {
  readonly client: WebClient;
  readonly rules: Pick<PolicyKeeper, 'announced'>;
  readonly places: Pick<MessagePlaces, 'card' | 'saveCard' | 'cardGone' | 'begun' | 'release'>;
  readonly postOnce: PostOnce;
  readonly seek: SeekPost;
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
}): PostPolicyMessages {
  const { client, places, log } = parts;

  async function announce(record: PolicyRecord, { key, channel, entry }: OwedAnnouncement): Promise<boolean> {
    const now = await parts.now();
    const message = policyAnnouncement(entry, { language: rulesLanguage(record.inForce, channel) });
    const posted = await parts.postOnce({ restoreId: record.id, key, to: channel, message, now });
    const delivery = deliveryOf(posted, now);
    if (!delivery) return false;
    if (posted.kind === 'refused')
      log.error({ key, channel, code: posted.code }, 'announcement of the rules is undeliverable');
    await parts.rules.announced(key, delivery);
    await places.release(record.id, key);
    return true;
  }

  async function draw(record: PolicyRecord, proposal: Proposal, channel: string): Promise<boolean> {
    const key = `proposal-${proposal.number}-${channel}`;
    const placeId = `${record.id}-${key}`;
    const { inForce } = record;
    const language = rulesLanguage(inForce, channel, proposal.change);
    const message = proposalCard(proposal, inForce.samePeople, { language });
    const digest = createHash('sha256').update(JSON.stringify(message)).digest('base64url');
    const place = await places.card(placeId);
    if (place?.digest === digest) return true;
    if (!place && proposal.state.status !== 'open') return findUnnoted(record, { key, placeId, channel });
    if (place && (await edit(placeId, place, message, digest)) === 'done') return true;
    if (place && proposal.state.status !== 'open') return true;
    // Of all who find it gone one posts anew.
    if (place && !(await places.cardGone(placeId, place.ts, { id: record.id, key }))) return false;
    const posted = await parts.postOnce({ restoreId: record.id, key, to: channel, message, now: await parts.now() });
    if (posted.kind === 'unsettled') return false;
    if (posted.kind === 'refused') {
      log.error({ key, channel, code: posted.code }, 'card of a looser rule could not be posted');
      return false;
    }
    await places.saveCard(placeId, { channel: posted.channel, ts: posted.ts, digest: posted.isFound ? '' : digest });
    await places.release(record.id, key);
    return !posted.isFound;
  }

  /** One that nobody ever saw needs no card to say that it is over; one that was posted, and not noted, says that it is open. */
  async function findUnnoted(
    { id }: PolicyRecord,
    { key, placeId, channel }: { readonly key: string; readonly placeId: string; readonly channel: string },
  ): Promise<boolean> {
    if (!(await places.begun(id)).includes(key)) return true;
    const sought = await parts.seek({ restoreId: id, key, to: channel, now: await parts.now() });
    if (sought.kind === 'not-now') return false;
    if (sought.kind === 'unknown')
      log.error({ key, channel, code: sought.code }, 'card of a looser rule could not be looked for');
    if (sought.kind !== 'there') return true;
    await places.saveCard(placeId, { channel: sought.channel, ts: sought.ts, digest: '' });
    return false;
  }

  async function edit(
    placeId: string,
    place: CardPlace,
    { text, blocks }: SlackMessage,
    digest: string,
  ): Promise<'done' | 'gone'> {
    try {
      const { channel, ts } = place;
      await client.chat.update({ channel, ts, text, blocks: [...blocks], parse: 'none', link_names: false });
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind !== 'refused') throw error;
      if (GONE.has(trouble.code)) return 'gone';
      log.error({ placeId, code: trouble.code }, 'card of a looser rule could not be edited');
    }
    await places.saveCard(placeId, { ...place, digest });
    return 'done';
  }

  return async function postPolicyMessages(record) {
    let isAllSaid = true;
    for (const owed of owedAnnouncements(record)) isAllSaid = (await announce(record, owed)) && isAllSaid;
    for (const proposal of record.proposals) {
      for (const channel of proposal.channels) isAllSaid = (await draw(record, proposal, channel)) && isAllSaid;
    }
    return isAllSaid ? 'all-said' : 'still-owed';
  };
}
