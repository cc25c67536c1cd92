import type { KnownBlock } from '@slack/types';
import { dataLossMinutes, plannedLossMinutes } from '../src/restore/loss.ts';
import type { Instant, Restore } from '../src/restore/restore.ts';
import { usability } from '../src/restore/snapshot.ts';
import { agreementLines } from './agreement.ts';
import { downtimeWords, rpoVerdict, rtoVerdict } from './loss-words.ts';
import { channels, everybody, listed } from './people.ts';
import { askedAnewLines } from './plan-change.ts';
import { ALSO_GOES_BACK, REASONS } from './reasons.ts';
import { context, divider, duration, escaped, mention, moment, ownWords, quoted, section } from './slack-text.ts';

/** What a second person needs to know to decide: what would be lost first, then everything else, then the exact plan. */
export function requestBlocks(restore: Restore, now: Instant): KnownBlock[] {
  const { request, state, terms, plan } = restore;
  const expiry = state.status === 'awaiting-approval' ? state.expiresAt : now;
  const anew = askedAnewLines(restore);
  return [
    ...(anew.length > 0 ? [section(anew.join('\n'))] : []),
    section(lossLines(restore, now).join('\n')),
    ownWords(`Reason: ${REASONS[request.reason.kind].label}`, request.reason.text, 1200),
    section([...agreementLines(restore), ...lookingLines(restore, now)].join('\n')),
    section(
      [
        ...(request.ticket ? [`*Ticket:* ${quoted(request.ticket, 200)}`] : []),
        ...(request.expectedImpact ? [`*Expected impact:* ${quoted(request.expectedImpact, 500)}`] : []),
        ...freezeLines(restore),
        `*Will be told:* ${channels(plan.noticeChannels)}`,
        ...(terms.dependants.length > 0 ? [`*Depends on it:* ${dependants(restore)}`] : []),
        `*Answer until:* ${moment(expiry)}. No answer is a no.`,
      ].join('\n'),
    ),
    context(`Keep in mind: ${REASONS[request.reason.kind].hint}`),
    divider(),
    section(`*Exact plan*\n${planLines(restore).join('\n')}`),
  ];
}

/** Who reads it at the moment. */
function lookingLines({ state }: Restore, now: Instant): string[] {
  const looking = state.status === 'awaiting-approval' ? state.looking : undefined;
  if (!looking || looking.until <= now) return [];
  return [
    `*Looking:* ${mention.person(looking.by)}, until ${moment(looking.until)}. Anybody who is asked may still decide.`,
  ];
}

/** A start in a freeze, and why. */
function freezeLines({ plan: { freezeOverride } }: Pick<Restore, 'plan'>): string[] {
  if (!freezeOverride) return [];
  return [
    `*Starts in a freeze, with an override:* ${quoted(freezeOverride.freezes.join(', '), 300)}. ${quoted(freezeOverride.reason, 300)}`,
  ];
}

/** The same with who must agree to that as well, which the card says among all who must agree. For the approver's form. */
export function overrideLines({ plan, terms }: Pick<Restore, 'plan' | 'terms'>): string[] {
  if (!plan.freezeOverride) return [];
  const asked = terms.overrideApprovers ? everybody(terms.overrideApprovers) : 'nobody, so it cannot be confirmed';
  return [...freezeLines({ plan }), `*Must agree to the override as well:* ${asked}`];
}

/** Also what the approver's form repeats, without the restore point's time when it asks for that. */
export function lossLines(restore: Restore, now: Instant, isTimeAsked = false): string[] {
  const { plan, terms } = restore;
  const { restorePoint, start } = plan;
  const loss = plannedLossMinutes(restore, now);
  const lossNow = dataLossMinutes(restorePoint.takenAt, now);
  const atStart =
    start.kind === 'at' && start.at > now ? ` at the planned start (${duration(lossNow)} if it were now)` : '';
  return [
    `*Everything written after ${isTimeAsked ? 'the restore point' : moment(restorePoint.takenAt)} will be lost.*`,
    `*Data loss:* ${duration(loss)}${atStart}; ${rpoVerdict(loss, terms.objectives.rpoMinutes)}.`,
    `*Downtime:* ${downtimeWords(terms)}; ${rtoVerdict(terms.estimate.toMinutes, terms.objectives.rtoMinutes)}.`,
    `*Goes back too:* ${ALSO_GOES_BACK}, as they were then.`,
  ];
}

function planLines({ plan, planHash }: Restore): string[] {
  const { restorePoint, start } = plan;
  const usable = usability({ ...restorePoint, status: 'Completed' });
  return [
    `1. Preflight: the instance is running, the snapshot is usable, the data loss has grown by no more than ${duration(plan.lossBoundMinutes)}`,
    '2. Record counts and schema of the data as it is now',
    `3. Take a safety snapshot and wait for it${plan.keepsEvidence ? '; it is kept as evidence' : ''}`,
    `4. Restore snapshot \`${escaped(restorePoint.snapshotId)}\` (${escaped(restorePoint.profile)}), one call, ${start.kind === 'at' ? `at ${moment(start.at)}` : 'as soon as confirmed'}${plan.freezeOverride ? ', in a freeze that is overridden' : ''}`,
    `5. Check the data: ${plan.checks.length > 0 ? listed(plan.checks.map(escaped)) : 'only what the bot always checks'}`,
    ...(usable.usable && usable.caution
      ? ['Caution: this snapshot may be a differential one; Aura may refuse to restore it.']
      : []),
    `Plan ${planHash.slice(0, 12)}. An approval counts for exactly this plan.`,
  ];
}

function dependants({ terms }: Restore): string {
  return listed(terms.dependants.map(({ name, owner }) => escaped(owner ? `${name} (${owner})` : name)));
}
