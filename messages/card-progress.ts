import type { KnownBlock } from '@slack/types';
import type { StartLimit } from '../src/restore/closing.ts';
import { lateBeginning } from '../src/restore/lateness.ts';
import { plannedKey } from '../src/restore/message-key.ts';
import type { Instant } from '../src/restore/names.ts';
import { isHeld } from '../src/restore/objection.ts';
import { currentReceipt } from '../src/restore/receipt/next-loss-look.ts';
import type { Restore } from '../src/restore/restore.ts';
import { timesPutOff } from '../src/restore/round.ts';
import { wasOnlySeen } from '../src/restore/seen-start.ts';
import { isPerson, noticePlaces } from '../src/restore/stakeholders.ts';
import { hasEnded } from '../src/restore/state.ts';
import { unreachedPlaces } from '../src/restore/unreached.ts';
import { agreedBy } from './agreement.ts';
import { closingLines } from './closing-words.ts';
import { consoleLines, uploadGapLines } from './file-words.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { latenessWords } from './late-notice.ts';
import { receiptBlock } from './loss-receipt.ts';
import { downtimeWords } from './loss-words.ts';
import { monitoringLines } from './monitoring-line.ts';
import { madeLines } from './new-instance-words.ts';
import { previewLines } from './preview-lines.ts';
import { acceptedLines } from './proviso.ts';
import { saidToHaveRunLines } from './said-to-have-run.ts';
import { coming, context, duration, elapsed, escaped, mention, past, quoted, section } from './slack-text.ts';
import { progressLine, statusName } from './status-words.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** Where a confirmed restore stands: what happens now, for how long, and what the step itself says. */
export function progressBlocks(
  restore: Restore,
  now: Instant,
  words: Words = ENGLISH,
  closing?: StartLimit,
): KnownBlock[] {
  const { progress } = words;
  const console = [...consoleLines(restore, (at) => coming(at, now, words), words), ...uploadGapLines(restore, words)];
  return [
    section([...progressLines(restore, now, words), ...closingLines(closing, now, words)].join('\n')),
    context(inWay(progress.restorePoint, goalSaid(restore, words), { plan: restore.planHash.slice(0, 12) })),
    ...(console.length > 0 ? [section(console.join('\n'))] : []),
    ...receiptWhileWaiting(restore, words),
    section(checklist(restore, words).join('\n')),
  ];
}

/** What would be lost is counted on until the run begins: it may still be stopped, and an old number would mislead. */
function receiptWhileWaiting(restore: Restore, words: Words): KnownBlock[] {
  if (restore.state.status !== 'approved') return [];
  const previews = previewLines(restore, words);
  return [
    ...(currentReceipt(restore) ? [receiptBlock(restore, words)] : []),
    ...(previews.length > 0 ? [section(previews.join('\n'))] : []),
  ];
}

function progressLines(restore: Restore, now: Instant, words: Words): string[] {
  const { progress } = words;
  const { state, stalledAt } = restore;
  const isByHand = restore.plan.method === 'backup-file';
  const since = (at: Instant) => elapsed(Date.parse(now) - Date.parse(at), words);
  const phases = progressLine(state.status, words, restore.plan.method);
  return [
    progress.status({ status: statusName(restore, words), elapsed: since(restore.since) }),
    ...(phases ? [phases] : []),
    ...observationLines(restore, words),
    ...lateLines(restore, words),
    ...(state.status === 'approved'
      ? [
          progress.starts({
            at: coming(state.startAt, now, words),
            lapsesAt: coming(state.lapsesAt, now, words),
            isHeld: isHeld(restore),
          }),
        ]
      : []),
    ...(state.status === 'start-unclear'
      ? [
          progress.startUnclear(quoted(state.why, 800)),
          isByHand ? words.files.sayWhatHappened : progress.sayWhatHappened,
        ]
      : []),
    ...(stalledAt ? [progress.stalled(past(stalledAt))] : []),
    ...madeLines(restore, words),
    ...(wasOnlySeen(restore) ? [words.end.onlySeen] : []),
    ...saidToHaveRunLines(restore, words),
    ...('intent' in state && state.status !== 'verifying' && restore.plan.method !== 'new-instance'
      ? [sentWords(restore, since(state.intent.at), words)]
      : []),
  ];
}

/** How long ago the call was sent, or the file was asked for. */
function sentWords({ plan, terms, state }: Restore, ago: string, words: Words): string {
  const downtime = downtimeWords(terms, words);
  const isNotSeen = state.status === 'restore-sent' || state.status === 'start-unclear';
  if (isNotSeen && plan.method === 'backup-file') return words.files.sinceAsked({ ago, downtime });
  if (state.status === 'restore-sent' && plan.method === 'upload') return words.files.underWay(ago);
  return words.progress.sent({ ago, downtime });
}

function observationLines({ observation }: Restore, { progress }: Words): string[] {
  if (!observation) return [];
  const words = quoted(observation.words, 500);
  return observation.unansweredSince
    ? [progress.noAnswer({ since: past(observation.unansweredSince), words })]
    : [progress.seen({ words, at: past(observation.at) })];
}

function lateLines(restore: Restore, words: Words): string[] {
  const { lateStart, state } = restore;
  if (!lateStart) return begunLateLines(restore, words);
  return [
    words.progress.late({
      isStarted: state.status !== 'approved',
      by: latenessWords(lateStart, words),
      plannedAt: past(lateStart.plannedAt),
      why: quoted(lateStart.why, 300),
    }),
  ];
}

function begunLateLines(restore: Restore, { progress }: Words): string[] {
  const late = lateBeginning(restore);
  if (!late) return [];
  const heldUpBy = late.heldUpBy === undefined ? undefined : quoted(late.heldUpBy, 300);
  return [progress.begunLate({ plannedAt: past(late.plannedAt), begunAt: past(late.begunAt), heldUpBy })];
}

/** The pre-restore phase of the operations guide, as far as the record proves each item. */
export function checklist(restore: Restore, words: Words = ENGLISH): string[] {
  const { state, deliveries } = restore;
  if (!('approval' in state) || !state.approval) return [];
  const say = words.progress.checklist;
  const places = noticePlaces(restore);
  const told = places.filter(
    (place) => deliveries[plannedKey(place, timesPutOff(restore))]?.status === 'posted',
  ).length;
  const preflight = 'preflight' in state ? state.preflight : undefined;
  const baseline = 'baseline' in state ? state.baseline : undefined;
  const safety = 'safetySnapshot' in state ? state.safetySnapshot : undefined;
  const toCome = (line: string) => (hasEnded(state.status) ? [] : [line]);
  const agreed = acceptedLines(state.approval.votes, words).map((line) => `✓ ${line}`);
  const goal = goalSaid(restore, words);
  const confirmed = inWay(say.confirmed, goal, {
    person: agreedBy(state.approval.votes, words),
    loss: duration(state.approval.agreedLossMinutes, words),
  });
  if (restore.plan.method === 'new-instance') return [confirmed, ...agreed];
  return [
    confirmed,
    ...agreed,
    ...(places.length > 0 ? [say.told({ told, of: places.length, withPeople: places.some(isPerson) })] : []),
    ...unreachedPlaces(restore)
      .filter(({ notice }) => notice === 'planned')
      .map(({ place, why, mayHaveArrived }) =>
        (mayHaveArrived ? say.maybeTold : say.notTold)({ channel: mention.place(place), why: quoted(why, 100) }),
      ),
    ...(preflight
      ? [inWay(say.verified, goal, { loss: duration(preflight.lossMinutes, words) })]
      : toCome(say.toBeVerified)),
    ...(baseline
      ? [
          baseline.kind === 'taken'
            ? say.documented(baseline.fingerprint)
            : say.notDocumented(quoted(baseline.why, 200)),
        ]
      : toCome(say.toBeDocumented)),
    ...(safety ? [say.wayBack(`\`${escaped(safety.snapshotId)}\``)] : toCome(say.wayBackToBeTaken)),
    ...monitoringLines(restore, words),
  ];
}
