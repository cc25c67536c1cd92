import type { KnownBlock } from '@slack/types';
import { plannedKey } from '../src/restore/message-key.ts';
import { unreachedChannels } from '../src/restore/owed-messages.ts';
import type { Instant, Restore } from '../src/restore/restore.ts';
import { timesPutOff } from '../src/restore/round.ts';
import { agreedBy } from './agreement.ts';
import { latenessWords } from './late-notice.ts';
import { downtimeWords } from './loss-words.ts';
import { context, duration, elapsed, escaped, mention, moment, quoted, section } from './slack-text.ts';
import { progressLine, STATUS_WORDS } from './status-words.ts';

/** Where a confirmed restore stands: what happens now, for how long, and what the step itself says. */
export function progressBlocks(restore: Restore, now: Instant): KnownBlock[] {
  const { state, observation, plan, stalledAt, lateStart } = restore;
  const inStep = elapsed(Date.parse(now) - Date.parse(restore.since));
  const lines = [`*${STATUS_WORDS[state.status]}*, for ${inStep}`];
  const progress = progressLine(state.status);
  if (progress) lines.push(progress);
  if (observation?.unansweredSince) {
    lines.push(
      `*Aura has given no usable answer since ${moment(observation.unansweredSince)}.* The bot keeps trying. ${quoted(observation.words, 500)}`,
    );
  } else if (observation) lines.push(`${quoted(observation.words, 500)} Seen ${moment(observation.at)}.`);
  if (lateStart) {
    const verb = state.status === 'approved' ? 'Starts' : 'Started';
    lines.push(
      `*${verb} late:* ${latenessWords(lateStart)} after its planned start ${moment(lateStart.plannedAt)}. ${quoted(lateStart.why, 300)}`,
    );
  }
  if (state.status === 'approved')
    lines.push(`Starts ${moment(state.startAt)}, or not at all after ${moment(state.lapsesAt)}.`);
  if (state.status === 'start-unclear') {
    lines.push(quoted(state.why, 800));
    lines.push('Look at the instance in the Aura console, then say what happened. The call will not be sent again.');
  }
  if (stalledAt) {
    lines.push(
      `*Stalled:* this step has shown nothing new for a while (noticed ${moment(stalledAt)}). The bot keeps looking; look at the instance in the Aura console.`,
    );
  }
  if ('intent' in state) {
    const since = elapsed(Date.parse(now) - Date.parse(state.intent.at));
    lines.push(
      `Restore call sent ${since} ago. Expected downtime: ${downtimeWords(restore.terms)}. It can no longer be stopped.`,
    );
  }
  return [
    section(lines.join('\n')),
    section(checklist(restore).join('\n')),
    context(`Restore point: ${moment(plan.restorePoint.takenAt)} · plan ${restore.planHash.slice(0, 12)}`),
  ];
}

/** The pre-restore phase of the operations guide, as far as the record proves each item. */
export function checklist(restore: Restore): string[] {
  const { state, plan, deliveries } = restore;
  if (!('approval' in state) || !state.approval) return [];
  const told = plan.noticeChannels.filter(
    (channel) => deliveries[plannedKey(channel, timesPutOff(restore))]?.status === 'posted',
  ).length;
  const preflight = 'preflight' in state ? state.preflight : undefined;
  const baseline = 'baseline' in state ? state.baseline : undefined;
  const safety = 'safetySnapshot' in state ? state.safetySnapshot : undefined;
  return [
    `✓ Confirmed by ${agreedBy(state.approval.votes)}, who agreed to ${duration(state.approval.agreedLossMinutes)} of data loss`,
    `${told === plan.noticeChannels.length ? '✓' : '…'} Stakeholders told: ${told} of ${plan.noticeChannels.length} channels`,
    ...unreachedChannels(restore).map(
      ({ channel, why }) => `⚠ Not told: ${mention.channel(channel)} (${quoted(why, 100)})`,
    ),
    preflight
      ? `✓ Restore point verified; data loss at the start ${duration(preflight.lossMinutes)}`
      : '… Restore point to be verified',
    baseline
      ? baseline.kind === 'taken'
        ? `✓ State documented: ${baseline.fingerprint.nodes} nodes, ${baseline.fingerprint.relationships} relationships`
        : `– State not documented: ${quoted(baseline.why, 200)}`
      : '… State to be documented',
    safety
      ? `✓ Way back: safety snapshot \`${escaped(safety.snapshotId)}\``
      : '… Way back: safety snapshot to be taken',
  ];
}
