import type { KnownBlock } from '@slack/types';
import { phaseDurations } from '../src/restore/history.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Restore } from '../src/restore/restore.ts';
import { wasOnlySeen } from '../src/restore/seen-start.ts';
import { undoOffer } from '../src/restore/undo.ts';
import { unreachedPlaces } from '../src/restore/unreached.ts';
import type { CheckResult, CheckStatus } from '../src/restore/validation.ts';
import { agreedBy } from './agreement.ts';
import { checklist } from './card-progress.ts';
import { heldUntilWords } from './file-words.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { downtimeWords, untilItRunsWords } from './loss-words.ts';
import { madeLines, newInstanceFailed } from './new-instance-words.ts';
import { listed } from './people.ts';
import { saidToHaveRunLines } from './said-to-have-run.ts';
import { context, elapsed, escaped, mention, moment, past, quoted, section } from './slack-text.ts';
import { restoreOutcome, validationOutcome } from './status-words.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** Within this of a deadline the bot was there. */
const SEEN_AT_ONCE_MS = 60_000;

/** A phase that was over at once tells nobody anything. */
const SHORTEST_SAID_MS = 1_000;

/** How a restore came out: what happened, what the instance is like now, what to do, and how to go back. */
export function endBlocks(restore: Restore, now: Instant, words: Words = ENGLISH): KnownBlock[] {
  const { state } = restore;
  const intentExists = 'intent' in state && state.intent !== undefined;
  return [
    section([...whatHappened(restore, words), ...madeLines(restore, words)].join('\n')),
    ...(intentExists ? [section(outcomeLines(restore, words).join('\n'))] : []),
    ...checkBlocks(restore, words),
    ...wayBack(restore, now, words),
    ...(intentExists ? [context([phaseLine(restore, words), ...requestIdLine(restore, words)].join('\n'))] : []),
    ...('approval' in state && state.approval ? [context(checklist(restore, words).join('\n'))] : []),
  ];
}

function whatHappened(restore: Restore, words: Words): string[] {
  const { state } = restore;
  const { end, status } = words;
  const goal = goalSaid(restore, words);
  const deed = inWay(words.goals.deed, goal, {});
  const nothingDone = inWay(end.nothingDone, goal, {});
  switch (state.status) {
    case 'completed':
      return [inWay(end.completed, goal, { at: past(wellSince(restore, state.at)) })];
    case 'rehearsed':
      return [
        inWay(words.dryRun.done, goal, { at: past(state.at) }),
        ...state.calls.map((call) => `• \`${escaped(call)}\``),
      ];
    case 'failed': {
      const ofNew = newInstanceFailed(restore, words);
      if (ofNew) return [ofNew.how, ofNew.source, end.whatToDo(ofNew.next)];
      return [
        end.failed({ deed, reason: state.reason, why: quoted(state.why, 800) }),
        end.instance(status.conditions[state.condition]),
        end.whatToDo(status.nextAfter[state.reason]),
      ];
    }
    case 'denied':
      return [end.denied({ by: mention.person(state.by), why: quoted(state.why, 800) }), nothingDone];
    case 'withdrawn':
      return [end.withdrawn({ by: mention.person(state.by), nothingDone })];
    case 'cancelled':
      return [inWay(end.stopped, goal, { person: mention.person(state.by) })];
    case 'expired':
      return [end.expired({ deed, ...deadlineWords(state.expiresAt, state.at, words) })];
    case 'lapsed':
      return [
        end.lapsed({
          deed,
          by: agreedBy(state.approval.votes, words),
          ...deadlineWords(state.lapsesAt, state.at, words),
        }),
      ];
    default:
      return [status.names[state.status]];
  }
}

/** Since when the data is there: a new instance is of use before its data is checked. */
function wellSince({ plan, state }: Restore, endedAt: Instant): Instant {
  return plan.method === 'new-instance' && 'restoredAt' in state ? state.restoredAt : endedAt;
}

/** A bot that was away at a deadline says when it came to see it. */
function deadlineWords(deadline: Instant | undefined, at: Instant, { basics, end }: Words) {
  const isLate = deadline !== undefined && Date.parse(at) - Date.parse(deadline) > SEEN_AT_ONCE_MS;
  return {
    until: deadline ? basics.until(past(deadline)) : basics.inTime,
    seenLate: isLate ? end.seenLate(past(at)) : '',
  };
}

function outcomeLines(restore: Restore, words: Words): string[] {
  const { state } = restore;
  const { end } = words;
  return [
    end.restore(restoreOutcome(state, words)),
    ...(wasOnlySeen(restore) ? [end.onlySeen] : []),
    ...saidToHaveRunLines(restore, words),
    end.dataChecks(validationOutcome(restore, words)),
    ...unreachedPlaces(restore)
      .filter(({ notice }) => notice === 'outcome' || (notice === 'planned' && restore.plan.method === 'new-instance'))
      .map(({ place, why, mayHaveArrived, notice }) =>
        (mayHaveArrived ? end.maybeTold : end.notTold)({
          channel: mention.place(place),
          why: quoted(why, 100),
          ofTheEnd: notice === 'outcome',
        }),
      ),
  ];
}

/** What Neo4j support asks for. */
function requestIdLine({ state }: Restore, { end }: Words): readonly string[] {
  const requestId = 'intent' in state ? state.intent?.requestId : undefined;
  return requestId ? [end.requestId(`\`${escaped(requestId)}\``)] : [];
}

const MOST_CHECKS = 15;
const WORST_FIRST: readonly CheckStatus[] = ['fail', 'error', 'timed-out', 'warn', 'not-run', 'pass'];

/** What each check found, the worst first; nothing before there are results. */
export function checkBlocks({ validation }: Pick<Restore, 'validation'>, words: Words): KnownBlock[] {
  if (!('results' in validation) || validation.results.length === 0) return [];
  const sorted = [...validation.results].sort(
    (one, other) => WORST_FIRST.indexOf(one.status) - WORST_FIRST.indexOf(other.status),
  );
  const idle = sorted.filter(({ status }) => status === 'not-run');
  const ran = sorted.filter(({ status }) => status !== 'not-run');
  const rest = ran.length - MOST_CHECKS;
  const lines = ran.slice(0, MOST_CHECKS).map((check) => checkLine(check, words));
  return [
    section([...lines, ...(rest > 0 ? [words.basics.andMore(rest)] : []), ...notRunLines(idle, words)].join('\n')),
  ];
}

/** What did not run, once for each reason: ten checks that say the same hide the one that says something. */
function notRunLines(idle: readonly CheckResult[], words: Words): readonly string[] {
  return [...new Set(idle.map((check) => check.words))].map((why) => {
    const names = idle.filter((check) => check.words === why).map(({ name }) => `*${quoted(name, 60)}*`);
    return words.end.notRun({ mark: words.end.marks['not-run'], names: listed(names, words), words: quoted(why, 120) });
  });
}

function checkLine({ name, status, words, owner }: CheckResult, { end }: Words): string {
  return end.check({
    mark: end.marks[status],
    name: quoted(name, 60),
    words: quoted(words, 120),
    owner: owner && quoted(owner, 40),
  });
}

function wayBack(restore: Restore, now: Instant, words: Words): KnownBlock[] {
  const { state, plan, undone } = restore;
  const { end } = words;
  if (undone) return [section(words.undo.undone({ id: undone.by, at: past(undone.at) }))];
  const safety = 'safetySnapshot' in state ? state.safetySnapshot : undefined;
  if (!safety) return [];
  return [
    section(
      end.wayBack({
        snapshot: `\`${escaped(safety.snapshotId)}\``,
        at: past(safety.completedAt),
        how: howToGoBack(restore, now, words),
        isEvidence: plan.keepsEvidence,
      }) + heldUntilWords(restore, words),
    ),
  ];
}

function howToGoBack(restore: Restore, now: Instant, { undo }: Words): string {
  const offer = undoOffer(restore, now);
  switch (offer?.kind) {
    case 'possible':
      return undo.possibleUntil(moment(offer.until));
    case 'too-late':
      return undo.tooLate(past(offer.until));
    case 'when-it-runs':
      return undo.whenItRuns({ id: restore.id, until: moment(offer.until) });
    default:
      return '';
  }
}

function phaseLine(restore: Restore, words: Words): string {
  const phases = phaseDurations(restore)
    .filter(({ durationMs }) => durationMs !== undefined && durationMs >= SHORTEST_SAID_MS)
    .map(({ status, durationMs }) => `${words.end.phases[status] ?? status} ${elapsed(durationMs ?? 0, words)}`);
  const taken = phases.join(' · ');
  return restore.plan.method === 'new-instance'
    ? words.newInstance.timeTaken({ phases: taken, expected: untilItRunsWords(restore.terms, words) })
    : words.end.timeTaken({ phases: taken, downtime: downtimeWords(restore.terms, words) });
}
