import { addMinutes } from '../instant.ts';
import type { Instant } from '../names.ts';
import { isOver, type MadeInstance } from './made-instance.ts';
import { readName } from './name.ts';

/** An instance as Aura lists it. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly projectId?: string;
  /** Absent: Aura does not say. */
  readonly createdAt?: Instant;
}

/** What a look at Aura's list means for one made instance, or for one that looks like one. */
export type Finding =
  /** Its create call had no usable answer, and here it is. */
  | { readonly kind: 'found'; readonly made: MadeInstance; readonly auraId: string }
  /** Nothing by its name came in time. */
  | { readonly kind: 'not-found'; readonly made: MadeInstance }
  /** Its time is over, or nobody expects it any more. */
  | { readonly kind: 'remove'; readonly made: MadeInstance; readonly auraId: string }
  /** It is gone from the list. */
  | { readonly kind: 'gone'; readonly made: MadeInstance; readonly auraId: string; readonly by: 'bot' | 'others' }
  /** Its time is over, but it is not what the bot made: it has another name, or its name is there twice. Never removed. */
  | { readonly kind: 'left-alone'; readonly made: MadeInstance; readonly listed: Listed }
  /** It has a name such as the bot gives, and no record explains it. Never removed. */
  | { readonly kind: 'stray'; readonly listed: Listed; readonly isOurMark: boolean };

/** Aura may not list an instance that it was just asked to make. */
const LISTED_WITHIN_MINUTES = 10;
/** What a create call made was created so long before the call, by clocks that differ, or after it, at the most. */
const CREATED_BEFORE_MINUTES = 5;
const CREATED_AFTER_MINUTES = 60;

/**
 * What is to be done, from the records and Aura's list of one moment. Only an instance that a record names by id, under the
 * name that the bot gave it, in the project it was made in, is ever to be removed; never one that is in use otherwise, or that
 * was left to people before.
 */
export function findings(look: {
  /** All that may still be owed something. */
  readonly records: readonly MadeInstance[];
  readonly listed: readonly Listed[];
  /** Ids that are never removed: the configured instances. */
  readonly inUse: ReadonlySet<string>;
  readonly mark: string;
  readonly now: Instant;
  /** Every id whose record explains an instance of its name: one that is not over. */
  readonly isRecorded: (madeId: string) => boolean;
}): readonly Finding[] {
  const { records, listed, inUse, mark, now } = look;
  const ofRecords = records.flatMap((made): readonly Finding[] => {
    const finding = isOver(made, now) ? undefined : findingOf(made, { listed, inUse, now });
    return finding ? [finding] : [];
  });
  const strays = listed.flatMap((one): readonly Finding[] => {
    const said = readName(one.name);
    if (!said || inUse.has(one.id) || (said.mark === mark && look.isRecorded(said.id))) return [];
    return [{ kind: 'stray', listed: one, isOurMark: said.mark === mark }];
  });
  return [...ofRecords, ...strays];
}

function findingOf(
  made: MadeInstance,
  {
    listed,
    inUse,
    now,
  }: { readonly listed: readonly Listed[]; readonly inUse: ReadonlySet<string>; readonly now: Instant },
): Finding | undefined {
  const { state } = made;
  switch (state.status) {
    case 'sent':
    case 'not-made': {
      const named = namedAs(made, listed, inUse);
      if (named?.isOurs) return { kind: 'found', made, auraId: named.listed.id };
      if (named) return { kind: 'left-alone', made, listed: named.listed };
      return state.status === 'sent' && now >= addMinutes(made.sentAt, LISTED_WITHIN_MINUTES)
        ? { kind: 'not-found', made }
        : undefined;
    }
    case 'made':
    case 'removing': {
      const { auraId } = state;
      const there = listed.find(({ id }) => id === auraId);
      if (!there) {
        // A list in which nothing of the project stands says nothing about it: the credentials may be others than they were.
        if (!listed.some(({ projectId }) => projectId === made.shape.projectId)) return undefined;
        const isLongMade = now >= addMinutes(made.sentAt, LISTED_WITHIN_MINUTES);
        if (state.status === 'removing') return { kind: 'gone', made, auraId, by: 'bot' };
        return isLongMade ? { kind: 'gone', made, auraId, by: 'others' } : undefined;
      }
      if ((state.status === 'made' && now < made.removeAt) || made.leftAlone) return undefined;
      if (there.name !== made.name || !mayBeOurs(made, there, inUse))
        return { kind: 'left-alone', made, listed: there };
      return { kind: 'remove', made, auraId };
    }
    case 'removed':
      return undefined;
    default:
      return state satisfies never;
  }
}

/**
 * What stands in the list under the name of an instance whose create call had no answer; undefined when nothing does. It is ours
 * when it is the only one, and created when that call was sent: a person may have made one of the same name by hand.
 */
export function namedAs(
  made: MadeInstance,
  listed: readonly Listed[],
  inUse: ReadonlySet<string>,
): { readonly listed: Listed; readonly isOurs: boolean } | undefined {
  const [only, other] = listed.filter(({ name }) => name === made.name);
  if (!only) return undefined;
  const isOurs = !other && mayBeOurs(made, only, inUse) && wasCreatedByTheCall(made, only);
  return { listed: only, isOurs };
}

function wasCreatedByTheCall({ sentAt }: MadeInstance, { createdAt }: Listed): boolean {
  if (createdAt === undefined) return true;
  return (
    createdAt >= addMinutes(sentAt, -CREATED_BEFORE_MINUTES) && createdAt <= addMinutes(sentAt, CREATED_AFTER_MINUTES)
  );
}

function mayBeOurs({ source, shape }: MadeInstance, { id, projectId }: Listed, inUse: ReadonlySet<string>): boolean {
  return !inUse.has(id) && id !== source.auraId && (projectId === undefined || projectId === shape.projectId);
}
