import type { KnownBlock } from '@slack/types';
import type { StartLimit } from '../src/restore/closing.ts';
import { knownDrift } from '../src/restore/known-drift.ts';
import { dataLossMinutes, plannedLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import type { RestorePoint } from '../src/restore/plan.ts';
import type { Restore } from '../src/restore/restore.ts';
import { usability } from '../src/restore/snapshot.ts';
import { noticePlaces } from '../src/restore/stakeholders.ts';
import { undoneBy } from '../src/restore/undo.ts';
import { agreementLines } from './agreement.ts';
import { approvableLines } from './approvable.ts';
import { askingAgainLines } from './asking-again.ts';
import { closingLines } from './closing-words.ts';
import { driftLines } from './drift-words.ts';
import { fileLines } from './file-words.ts';
import { receiptBlock } from './loss-receipt.ts';
import { downtimeWords, rpoVerdict, rtoVerdict } from './loss-words.ts';
import { methodStep, overwriteLines } from './method-words.ts';
import { newInstanceLines, newInstancePlanLines } from './new-instance-words.ts';
import { everybody, listed, shorterLeadLines, toldWords } from './people.ts';
import { askedAnewLines } from './plan-change.ts';
import { previewLines } from './preview-lines.ts';
import { provisoBlocks } from './proviso.ts';
import { coming, context, divider, duration, escaped, mention, ownWords, past, quoted, section } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** What a second person needs to know to decide: what would be lost first, then everything else, then the exact plan. */
export function requestBlocks(
  restore: Restore,
  now: Instant,
  words: Words = ENGLISH,
  closing?: StartLimit,
): KnownBlock[] {
  const { request, terms } = restore;
  const say = words.request;
  const reason = words.reasons.kinds[request.reason.kind];
  const sayComing = (at: Instant) => coming(at, now, words);
  const anew = [...askedAnewLines(restore, words, sayComing), ...driftLines(restore, words, sayComing)];
  const isNoted = closing !== undefined && 'closed' in closing && knownDrift(restore)?.closed !== undefined;
  const undoes = undoneBy(restore);
  const previews = previewLines(restore, words);
  return [
    ...(restore.plan.dryRun ? [section(words.dryRun.card)] : []),
    ...(anew.length > 0 ? [section(anew.join('\n'))] : []),
    ...(undoes ? [section(words.undo.undoes({ id: undoes, point: past(restore.plan.restorePoint.takenAt) }))] : []),
    section([...fileLines(restore, words), ...lossLines(restore, now, { isTimeAsked: false, words })].join('\n')),
    receiptBlock(restore, words),
    ...(previews.length > 0 ? [section(previews.join('\n'))] : []),
    ownWords(say.reason(reason.label), request.reason.text, 1200),
    section(
      [
        ...agreementLines(restore, words),
        ...approvableLines(restore, words),
        ...lookingLines(restore, now, words),
      ].join('\n'),
    ),
    ...provisoBlocks(restore, words),
    section(
      [
        ...(request.ticket ? [say.ticket(quoted(request.ticket, 200))] : []),
        ...(request.expectedImpact ? [say.expectedImpact(quoted(request.expectedImpact, 500))] : []),
        ...otherThanAdvised(restore, words),
        ...freezeLines(restore, words),
        say.willBeTold(toldWords(noticePlaces(restore), terms.noticeLeadMinutes, words)),
        ...shorterLeadLines(terms.noticeLeadMinutes, terms.usualNoticeLeadMinutes, words),
        ...(terms.dependants.length > 0 ? [say.dependsOnIt(dependantsWords(terms.dependants, words))] : []),
      ].join('\n'),
    ),
    section(
      [...closingLines(isNoted ? undefined : closing, now, words), ...askingAgainLines(restore, now, words)].join('\n'),
    ),
    context(words.reasons.keepInMind(reason.hint)),
    divider(),
    section(`${say.exactPlan}\n${planLines(restore, now, words).join('\n')}`),
  ];
}

/** Who reads it at the moment. */
function lookingLines({ state }: Restore, now: Instant, words: Words): string[] {
  const looking = state.status === 'awaiting-approval' ? state.looking : undefined;
  if (!looking || looking.until <= now) return [];
  return [words.request.looking({ by: mention.person(looking.by), until: coming(looking.until, now, words) })];
}

function otherThanAdvised({ request: { otherThanAdvised: other } }: Restore, { advice, methods }: Words): string[] {
  return other ? [advice.card({ advised: methods.names[other.advised], why: quoted(other.why, 300) })] : [];
}

/** A start in a freeze, and why. */
function freezeLines({ plan: { freezeOverride } }: Pick<Restore, 'plan'>, { request }: Words): string[] {
  if (!freezeOverride) return [];
  const { freezes, reason } = freezeOverride;
  return [request.inFreeze({ freezes: quoted(freezes.join(', '), 300), reason: quoted(reason, 300) })];
}

/** The same with who must agree to that as well, which the card says among all who must agree. For the approver's form. */
export function overrideLines({ plan, terms }: Pick<Restore, 'plan' | 'terms'>, words: Words = ENGLISH): string[] {
  if (!plan.freezeOverride) return [];
  const { request } = words;
  const asked = terms.overrideApprovers ? everybody(terms.overrideApprovers, words) : request.overrideAsksNobody;
  return [...freezeLines({ plan }, words), request.overrideAsks(asked)];
}

/** Also what the approver's form repeats, without the restore point's time when it asks for that. */
export function lossLines(
  restore: Restore,
  now: Instant,
  { isTimeAsked, words }: { readonly isTimeAsked: boolean; readonly words: Words },
): string[] {
  const { plan, terms } = restore;
  const { request, reasons } = words;
  const { restorePoint, start } = plan;
  const loss = plannedLossMinutes(restore, now);
  const goesBack = request.goesBackToo(reasons.alsoGoesBack);
  if (plan.method === 'new-instance') return newInstanceLines(restore, words);
  if (plan.method === 'overwrite')
    return [...overwriteLines(plan, now, { isTimeAsked, words }), downtimeLine(terms, words), goesBack];
  return [
    request.lost(isTimeAsked ? request.theRestorePoint : past(restorePoint.takenAt)),
    request.dataLoss({
      loss: duration(loss, words),
      lossNow: duration(dataLossMinutes(restorePoint.takenAt, now), words),
      isLater: start.kind === 'at' && start.at > now,
      verdict: rpoVerdict(loss, terms.objectives.rpoMinutes, words),
    }),
    downtimeLine(terms, words),
    goesBack,
  ];
}

function downtimeLine(terms: Restore['terms'], words: Words): string {
  return words.request.downtime({
    downtime: downtimeWords(terms, words),
    verdict: rtoVerdict(terms.estimate.toMinutes, terms.objectives.rtoMinutes, words),
  });
}

function planLines({ plan, planHash, terms }: Restore, now: Instant, words: Words): string[] {
  const { restorePoint, start } = plan;
  const { request } = words;
  const checks = plan.checks.length > 0 ? listed(plan.checks.map(escaped), words) : request.onlyUsualChecks;
  if (plan.method === 'new-instance') {
    const at = start.kind === 'at' ? coming(start.at, now, words) : undefined;
    const what = methodStep(plan, words) ?? '';
    return newInstancePlanLines({ plan, planHash }, { what, at, checks }, words);
  }
  const usable = 'snapshotId' in restorePoint ? usability({ ...restorePoint, status: 'Completed' }) : undefined;
  return [
    request.plan.preflight({ bound: duration(plan.lossBoundMinutes, words), looksAt: looksAt(plan) }),
    request.plan.baseline,
    request.plan.safetySnapshot(plan.keepsEvidence),
    request.plan.restore({
      what: methodStep(plan, words) ?? ownSnapshotStep(restorePoint, words),
      at: start.kind === 'at' ? coming(start.at, now, words) : undefined,
      lead: terms.noticeLeadMinutes > 0 ? duration(terms.noticeLeadMinutes, words) : undefined,
      isInFreeze: plan.freezeOverride !== undefined,
    }),
    request.plan.checks(checks),
    ...(usable?.usable && usable.caution ? [request.plan.caution] : []),
    request.plan.hash(planHash.slice(0, 12)),
  ];
}

/** What the preflight can see of it: a file that a person brings is seen by nobody before. */
function looksAt({ method }: Restore['plan']): 'snapshot' | 'file' | undefined {
  if (method === 'backup-file') return undefined;
  return method === 'upload' ? 'file' : 'snapshot';
}

function ownSnapshotStep(point: RestorePoint, { request }: Words): string {
  if (!('snapshotId' in point)) return '';
  return request.plan.restoreOwn({ snapshot: `\`${escaped(point.snapshotId)}\``, profile: escaped(point.profile) });
}

/** Systems that depend on the instance, with their owners. */
export function dependantsWords(dependants: Restore['terms']['dependants'], words: Words): string {
  return listed(
    dependants.map(({ name, owner, users = [], groups = [] }) => {
      const owners = [...(owner ? [escaped(owner)] : []), ...groups.map(mention.group), ...users.map(mention.person)];
      return owners.length > 0 ? `${escaped(name)} (${listed(owners, words)})` : escaped(name);
    }),
    words,
  );
}
