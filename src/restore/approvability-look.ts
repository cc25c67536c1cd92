import { approvabilityProblem } from './approvability.ts';
import { type Approvability, approvabilityFact, type ShortRule } from './approvable.ts';
import { rulesOpen } from './escalation.ts';
import type { NewEntry } from './history.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { AskedLook } from './person-facts.ts';
import { reminderLookAt } from './reminder-times.ts';
import type { Restore } from './restore.ts';

/** Slack and the on-call services are away for a moment as a rule. */
const FIRST_LOOK_MINUTES = 2;
/** People are named by a person, which takes a while. */
const SHORT_LOOK_MINUTES = 15;

/** When it is to be looked again whether enough people can approve; undefined when nobody has to. */
export function approvabilityLookAt({ approvability }: Pick<Restore, 'approvability'>): Instant | undefined {
  switch (approvability?.kind) {
    case 'unchecked':
      return approvability.why === 'too-many' ? undefined : addMinutes(approvability.at, FIRST_LOOK_MINUTES);
    case 'short':
      return addMinutes(approvability.at, SHORT_LOOK_MINUTES);
    default:
      return undefined;
  }
}

/** How long after a look that could see everybody, and found nothing new, the next one comes. */
export function lookAgainMinutes({ approvability }: Pick<Restore, 'approvability'>): number {
  return approvability?.kind === 'short' ? SHORT_LOOK_MINUTES : FIRST_LOOK_MINUTES;
}

/** What this look says of it: the very value of the record when that is nothing new. */
export function approvabilityAfter(restore: Restore, look: AskedLook, at: Instant): Approvability | undefined {
  const { approvability, request, terms } = restore;
  if (approvability === undefined || approvability.kind === 'enough') return approvability;
  const short = approvabilityProblem(rulesOpen(restore), request.requestedBy, look.people, terms.samePeople);
  if (!short) return { kind: 'enough', at };
  if (!look.isWhole || look.isCut) return approvability;
  const isKnown = approvability.kind === 'short' && areSame(approvability.short, short);
  return isKnown ? approvability : { kind: 'short', at, short };
}

/** What a look changes in the record, and what the history says of it; undefined when it found nothing new. */
export function newsOfApprovability(
  restore: Restore,
  look: AskedLook,
  at: Instant,
): { readonly found: { readonly approvability: Approvability }; readonly facts: NewEntry['facts'] } | undefined {
  const approvability = approvabilityAfter(restore, look, at);
  if (!approvability || approvability === restore.approvability) return undefined;
  return { found: { approvability }, facts: { approvable: approvabilityFact(approvability) } };
}

/** When those who are asked are to be looked up next, to remind them or to see whether they are enough. */
export function peopleLookAt(restore: Restore): Instant | undefined {
  const [first] = [reminderLookAt(restore), approvabilityLookAt(restore)].flatMap((at) => at ?? []).sort();
  return first;
}

function areSame(one: readonly ShortRule[], other: readonly ShortRule[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, possible }, index) => other[index]?.name === name && other[index].possible === possible)
  );
}
