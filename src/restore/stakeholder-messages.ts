import type { AskedAnew } from './agreement.ts';
import { mayHaveArrived } from './may-have-arrived.ts';
import { ofStart, plannedKey } from './message-key.ts';
import type { Instant, PersonId } from './names.ts';
import { newlyToldReplies } from './newly-told.ts';
import type { OwedMessage, ReplyKind } from './owed-message.ts';
import { updateKey } from './promised-update.ts';
import type { Restore } from './restore.ts';
import { timesPutOff } from './round.ts';
import type { Objection } from './stakeholder-facts.ts';
import { beganAt, stakeholderStatus } from './stakeholder-status.ts';
import { noticePlaces } from './stakeholders.ts';
import { hasEnded } from './state.ts';

/**
 * What is owed under way to those who were told of the start, besides the notices. Of promised words only the latest: one that
 * could not be said in time is kept by the next.
 */
export function statusReplies(restore: Restore): readonly OwedMessage[] {
  const { state, updates = [], movedStart } = restore;
  const begunAt = beganAt(restore);
  const meanwhile = stakeholderStatus(restore);
  const putOff = timesPutOff(restore);
  const replies = noticePlaces(restore).flatMap((to): readonly OwedMessage[] => {
    const told = toldAt(restore, to);
    if (told === undefined) return [];
    const wasToldBefore = (at: Instant | undefined) => at !== undefined && told < at;
    return [
      ...(state.status === 'approved' && wasToldBefore(movedStart?.at)
        ? [reply('start-moved', to, ofStart(`start-moved:${to}`, putOff))]
        : []),
      ...(meanwhile === 'file-awaited' || meanwhile === 'unclear' ? [reply(meanwhile, to)] : []),
      ...(wasToldBefore(begunAt) ? [reply('started', to)] : []),
      ...(updates.length > 0 ? [{ ...reply('update', to, updateKey(updates.length, to)), nth: updates.length }] : []),
      ...(state.status === 'verifying' ? [reply('verifying', to)] : []),
    ];
  });
  return [...newlyToldReplies(restore), ...replies];
}

/**
 * What objections and their answers owe, whatever became of the restore: the requester and those who agreed hear of each, its
 * place says it, and the objector hears the answer, or that the restore ended without one.
 */
export function objectionMessages(restore: Restore): readonly OwedMessage[] {
  const { objections = [], state } = restore;
  const places = noticePlaces(restore);
  return objections.flatMap((objection, index): readonly OwedMessage[] => {
    const nth = index + 1;
    const { by, place, answer, heldSince } = objection;
    // Said again when it begins to hold the start: the word before said that it does not.
    const told = heldSince === undefined ? nth : `${nth}:held`;
    const isSettled = answer !== undefined || hasEnded(state.status);
    const inThread = place !== undefined && places.includes(place) ? [place] : [];
    return [
      ...answerers(restore, objection).map((to) => ({
        key: `objected:${told}:${to}`,
        kind: 'objected' as const,
        to,
        nth,
      })),
      ...inThread.map((to) => ({ ...reply('objection', to, `objection:${told}:${to}`), nth })),
      ...(answer
        ? inThread.map((to) => ({ ...reply('objection-answered', to, `objection-answered:${nth}:${to}`), nth }))
        : []),
      ...(isSettled
        ? [{ key: `objection-settled:${nth}:${by}`, kind: 'objection-settled' as const, to: by, nth }]
        : []),
    ];
  });
}

/** Those who have to answer: the requester, and who had agreed when it was raised. */
function answerers({ request, state, askedAnew = [] }: Restore, { at }: Objection): readonly PersonId[] {
  const later: AskedAnew | undefined = askedAnew.find((one) => one.at >= at);
  const votes = later?.votes ?? ('approval' in state ? state.approval?.votes : undefined) ?? [];
  const agreed = votes.filter((vote) => vote.kind === 'approve' && vote.at <= at).map(({ by }) => by);
  return [...new Set([request.requestedBy, ...agreed])];
}

function reply(kind: ReplyKind, to: string, key = `${kind}:${to}`): OwedMessage {
  return { key, kind, to };
}

/** When the place was told of the start that is planned now, or has come. */
function toldAt(restore: Restore, place: string): Instant | undefined {
  const planned = restore.deliveries[plannedKey(place, timesPutOff(restore))];
  return mayHaveArrived(planned) ? planned?.at : undefined;
}
