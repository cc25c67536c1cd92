import { ACTION } from '../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from './people.ts';
import { approve, cardAt, keyOf, noticesIn, requestRestore, StoryError, until, wordsOf } from './story.ts';
import { PRODUCTION, type World } from './world.ts';

/** What the production instance's data can be made and seen to be, simulated or real. */
export interface ProductionData {
  damage(): Promise<string>;
  /** In words, for the audience; equal words mean equal data. */
  describe(): Promise<string>;
}

/** What each stakeholder channel of the demo must hear, in its language. */
const NOTICES = [
  {
    channel: CHANNELS.orders,
    wanted: ['PLANNED MAINTENANCE: Database Restore Operation', 'MAINTENANCE COMPLETE: Database Restore Finished'],
  },
  {
    channel: CHANNELS.status,
    wanted: ['GEPLANTE WARTUNG: Wiederherstellung der Datenbank', 'WARTUNG ABGESCHLOSSEN: Datenbank wiederhergestellt'],
  },
] as const;

/**
 * Plays the whole story without a browser and says each thing as it happens. Rejects with a `StoryError` unless the data
 * is really back, exactly one restore call was made, the requester was refused as approver, and both notices stand in
 * every stakeholder channel.
 */
export async function playStory(
  world: World,
  data: ProductionData,
  say: (speaker: string, words: string) => void,
): Promise<void> {
  const { slack, aura } = world;
  const stopEcho = echo(world, say);
  try {
    const before = await data.describe();
    say('database', `as it should be: ${before}`);
    // The restore point must hold the data as it is now, before the damage.
    const instance = aura.instances.find(PRODUCTION.id);
    const good = aura.instances.takeSnapshot(instance, 'Scheduled');
    await until('the scheduled snapshot', () => good.status === 'Completed');
    say('Aura', `a scheduled snapshot is complete (${good.snapshot_id})`);
    say('database', await data.damage());
    const damaged = await data.describe();
    if (damaged === before) throw new StoryError('the damage shows nothing');

    say('Rita', `/restore ${PRODUCTION.alias}`);
    const card = await requestRestore(world, { pick: (ids) => ids.find((id) => id === good.snapshot_id) });
    say('Rita', 'tries to approve her own request');
    await slack.as(PEOPLE.requester.id).click(card, ACTION.approve);
    await until("the requester's refusal", () =>
      slack
        .messages(CHANNELS.approvals.id, PEOPLE.requester.id)
        .find(({ onlyFor, text }) => onlyFor && text.includes('your own request')),
    );
    if (slack.as(PEOPLE.requester.id).modal()) throw new StoryError('the requester was given the approval form');
    say('Anton', `approves: types RESTORE and ${PRODUCTION.alias}`);
    await approve(world, card);
    await until('the end of the restore', () =>
      /"[^"]*Restored to|did not complete/.test(wordsOf(cardAt(world, card))),
    );
    await until('the notices of the end', () =>
      [CHANNELS.orders.id, CHANNELS.status.id].every((channel) =>
        noticesIn(world, channel).some((notice) => keyOf(notice).startsWith('outcome:')),
      ),
    );

    const after = await data.describe();
    say('database', `after the restore: ${after}`);
    if (after !== before) throw new StoryError(`the data is not back: ${after}`);
    const restores = aura.calls('restore').filter(({ applied }) => applied).length;
    if (aura.calls('restore').length !== 1 || restores !== 1)
      throw new StoryError(`${aura.calls('restore').length} restore calls were made instead of one`);
    for (const { channel, wanted } of NOTICES) {
      const titles = noticesIn(world, channel.id).map(({ text }) => text.split('\n')[0]);
      if (titles.join() !== wanted.join())
        throw new StoryError(`#${channel.name} heard: ${titles.join(', ') || 'nothing'}`);
    }
    say('story', 'one restore call, own approval refused, both notices in both channels, the data is back');
  } finally {
    stopEcho();
  }
}

/** Repeats what is new in Slack and in Aura, once each. */
function echo(world: World, say: (speaker: string, words: string) => void): () => void {
  const said = new Set<string>();
  const once = (key: string, speaker: string, words: string) => {
    if (said.has(key)) return;
    said.add(key);
    say(speaker, words);
  };
  const stopSlack = world.slack.onChange(() => {
    for (const { ts, channel, text, onlyFor, user } of world.slack.workspace.messages) {
      const where = world.slack.workspace.channels.find(({ id }) => id === channel);
      const place = where?.directWith ? `to ${nameOf(where.directWith)}` : `in #${where?.name}`;
      const whisper = onlyFor ? `, only for ${nameOf(onlyFor)}` : '';
      once(`${ts} ${text}`, user === world.slack.app.botUserId ? `bot ${place}${whisper}` : nameOf(user), plain(text));
    }
  });
  const stopAura = world.aura.onChange(() => {
    const { status, operation } = world.aura.instances.find(PRODUCTION.id);
    once(`${status} ${operation} ${world.aura.log.length > 0}`, 'Aura', `${PRODUCTION.alias} is ${status}`);
  });
  return () => {
    stopSlack();
    stopAura();
  };
}

function nameOf(id: string): string {
  return Object.values(PEOPLE).find((person) => person.id === id)?.realName ?? id;
}

function plain(text: string): string {
  return text
    .replace(/<!date\^\d+\^[^|]*\|([^>]*)>( \([^)]*UTC\))?/g, '$1')
    .replace(/<@(\w+)>/g, (_, id: string) => nameOf(id))
    .replace(/<!subteam\^\w+>/g, '@database-owners')
    .replace(
      /<#(\w+)>/g,
      (_, id: string) => `#${Object.values(CHANNELS).find((channel) => channel.id === id)?.name ?? id}`,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split('\n')
    .filter(Boolean)
    .join('\n      ');
}
