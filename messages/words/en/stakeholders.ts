import type { AnswerKind } from '../../../src/restore/stakeholder-facts.ts';
import type { StakeholderStatus } from '../../../src/restore/stakeholder-status.ts';
import type { Ways } from '../ways.ts';

const titles: Readonly<Record<StakeholderStatus, string>> = {
  planned: 'planned',
  held: 'planned, held by an objection',
  'put-off': 'put off',
  preparing: 'started',
  sent: 'started',
  'file-awaited': 'prepared',
  unclear: 'not known to have run',
  restoring: 'started',
  verifying: 'verifying',
  done: 'done',
  failed: 'failed',
  undone: 'undone',
  'called-off': 'called off',
};

/** What became of an objection. */
const answers: Readonly<Record<AnswerKind, string>> = {
  'go-on': 'goes on all the same',
  'put-off': 'put off',
  stop: 'stopped',
};

/** The same, as it is chosen. */
const choices: Readonly<Record<AnswerKind, string>> = {
  'go-on': 'It goes on all the same',
  'put-off': 'Put it off: everybody is asked anew',
  stop: 'Stop it for good',
};

const about: Ways<{ about: string }> = {
  back: (facts) => `${facts.about}, back to its state of ${facts.point}`,
  replaced: (facts) => `${facts.about}: overwrite with ${facts.by}`,
  beside: (facts) => `${facts.about}: new instance from the snapshot of ${facts.point}`,
};

const aboutCalledOff: Ways<{ about: string }> = {
  ...about,
  back: (facts) => `${facts.about}; it was to go back to its state of ${facts.point}`,
};

const title: Ways<{ status: StakeholderStatus }> = {
  back: ({ status, target }) => `Database restore ${titles[status]}: ${target}`,
  replaced: ({ status, target }) => `Database overwrite ${titles[status]}: ${target}`,
  beside: ({ status, target }) => `New instance ${titles[status]}: beside ${target}`,
};

const restoring: Ways<{ at: string }> = {
  back: ({ at }) => `the database is not available: it is being restored, since ${at}.`,
  replaced: ({ at, by }) =>
    `the database is not available: everything in it is being overwritten with ${by}, since ${at}.`,
  beside: ({ at }) => `the new instance is being made, since ${at}.`,
};

const sentOver = ({ at }: { at: string }) =>
  `the restore call was sent ${at}; it is not known yet whether Aura carries it out. The database may be interrupted at any moment.`;
const sent: Ways<{ at: string }> = {
  back: sentOver,
  replaced: sentOver,
  beside: ({ at }) =>
    `the call to make the new instance was sent ${at}; it is not known yet whether Aura carries it out. The database is left alone.`,
};

const unclearOver = ({ at }: { at: string }) =>
  `it is not known yet whether the restore ran: it was begun ${at}, and no start of it was seen. A person has to look. Until it is known, do not rely on the data.`;
const unclear: Ways<{ at: string }> = {
  back: unclearOver,
  replaced: unclearOver,
  beside: ({ at }) =>
    `it is not known yet whether the new instance was made: that was begun ${at}, and nothing of it was seen. A person has to look. The database is left alone.`,
};

const unclearReplyOver = ({ at, next }: { at: string; next: string }) =>
  `*Not known yet whether it ran.* The restore was begun ${at}, and no start of it was seen. A person has to look and say which it is; that will stand here. Until then do not rely on the data.${next}`;
const unclearReply: Ways<{ at: string; next: string }> = {
  back: unclearReplyOver,
  replaced: unclearReplyOver,
  beside: ({ at, next }) =>
    `*Not known yet whether the new instance was made.* That was begun ${at}, and nothing of it was seen. A person has to look and say which it is; that will stand here. The database is left alone.${next}`,
};

const verifying: Ways<{ at: string }> = {
  back: ({ at }) => `restored; its data is being verified, since ${at}.`,
  replaced: ({ at, by }) => `overwritten with ${by}; this is being verified, since ${at}.`,
  beside: ({ at }) => `the new instance runs; its data is being verified, since ${at}.`,
};

const done: Ways<{ at: string }> = {
  back: ({ at, point }) => `done ${at}. The database is as it was ${point}.`,
  replaced: ({ at, by }) => `done ${at}. The database was overwritten with ${by}.`,
  beside: ({ at, point }) => `done ${at}. The new instance holds the data of ${point}; the database is unchanged.`,
};

const calledOff: Ways<{ at: string }> = {
  back: ({ at }) => `called off ${at}. Nothing was rolled back.`,
  replaced: ({ at }) => `called off ${at}. Nothing was overwritten.`,
  beside: ({ at }) => `called off ${at}. No new instance was made.`,
};

const lossToCome: Ways = {
  back: ({ point }) =>
    `*Data loss:* all changes after ${point} will be lost. Save your work elsewhere before the start.`,
  replaced: ({ target, by }) =>
    `*Data loss:* everything in ${target} is replaced by ${by}; what is not in there is lost. Save your work elsewhere before the start.`,
  beside: () => '*Data loss:* none.',
};

const lossNow: Ways = {
  back: ({ point }) => `*Data loss:* all changes after ${point} are lost by it.`,
  replaced: ({ target, by }) =>
    `*Data loss:* everything in ${target} is replaced by ${by}; what is not in there is lost by it.`,
  beside: () => '*Data loss:* none.',
};

const lossIfItRan: Ways = {
  back: ({ point }) => `*Data loss:* if it ran, all changes after ${point} are lost by it.`,
  replaced: ({ target, by }) =>
    `*Data loss:* if it ran, everything in ${target} is replaced by ${by}; what is not in there is lost by it.`,
  beside: () => '*Data loss:* none.',
};

const lossDone: Ways = {
  back: ({ point }) => `*Data loss:* all changes after ${point} are gone.`,
  replaced: ({ target, by }) =>
    `*Data loss:* everything in ${target} was replaced by ${by}; what was not in there is gone.`,
  beside: () => '*Data loss:* none.',
};

const started: Ways<{ at: string; time: string; next: string }> = {
  back: ({ at, time, point, next }) =>
    `*Started* ${at}. The database is not available from now, for an estimated ${time}. All changes after ${point} are lost by it.${next}`,
  replaced: ({ at, time, target, by, next }) =>
    `*Started* ${at}. The database is not available from now, for an estimated ${time}. Everything in ${target} is replaced by ${by}; what is not in there is lost by it.${next}`,
  beside: ({ at, next }) => `*Started* ${at}. The new instance is being made; the database is left alone.${next}`,
};

const WAIT = 'The data is being verified; wait for the notice that it is complete before you rely on it.';
const restored: Ways<{ at: string; next: string }> = {
  back: ({ at, next }) => `*Restored* ${at}. ${WAIT}${next}`,
  replaced: ({ at, by, next }) => `*Overwritten* ${at} with ${by}. ${WAIT}${next}`,
  beside: ({ at, next }) => `*The new instance runs* since ${at}. ${WAIT}${next}`,
};

/** Until when an objection holds a restore; `isBegun`: what is held is the restore call. */
export interface HeldWords {
  readonly endsAt: string;
  readonly isBegun: boolean;
}

function unlessAnswered(until: HeldWords | undefined): string {
  if (until === undefined) return 'it does not start';
  return until.isBegun
    ? `the restore call is not sent, and it ends no later than ${until.endsAt}`
    : `it does not start, and ends ${until.endsAt}`;
}

function stillOpen({ count, open }: { readonly count: number; readonly open: number }): string {
  if (open === 0) return '';
  return open === count ? ' and not answered yet' : `; ${open} of them ${open === 1 ? 'is' : 'are'} not answered yet`;
}

/** What the people of dependent services are told, and what they say. */
export const stakeholders = {
  about,
  aboutCalledOff,
  head: {
    title,
    status: (words: string) => `*Status:* ${words}`,
    next: (words: string) => `*Next update:* ${words}`,
    for: (groups: string) => `*For:* ${groups}`,
    contact: (contact: string) => `*Contact:* ${contact}`,
    details: (about: string) => `${about}. Details are in the thread of this message.`,
    acknowledge: 'Acknowledge',
    object: 'Object…',
    planned: (startAt: string | undefined) => (startAt ? `planned; starts ${startAt}.` : 'planned.'),
    late: (facts: { by: string; plannedAt: string }) =>
      `planned; starts late, at any moment now (${facts.by} after ${facts.plannedAt}).`,
    held: (count: number) =>
      `planned; held by ${count === 1 ? 'an objection' : `${count} objections`}. It does not start before ${count === 1 ? 'that is' : 'they are'} answered.`,
    putOff: (at: string) =>
      `put off ${at}. It has to be agreed to again, and does not start unless that is announced here.`,
    preparing: (at: string) =>
      `started ${at}: a safety snapshot is being taken. The database may be interrupted at any moment from now.`,
    sent,
    fileAwaited: (at: string) =>
      `prepared ${at}: the database is still running until the file is loaded, which may be at any moment from now.`,
    unclear,
    fileUnclear: (at: string) =>
      `it is not known yet whether the file was loaded: the restore was prepared ${at}, and no start of it was seen. A person has to look. Until it is known, do not rely on the data.`,
    restoring,
    verifying,
    done,
    failed: (at: string) => `failed ${at}. The team is working on it.`,
    undone: (facts: { at: string; by: string }) =>
      `done, and undone ${facts.at} by ${facts.by}: the database is as it was before this restore.`,
    calledOff,
    lossToCome,
    lossNow,
    lossDone,
    lossIfItRan,
    interruption: (time: string) => `*Interruption:* the database is not available for an estimated ${time}.`,
    actionRequired: (action: string) => `*Action required:* ${action}`,
    nextAtStart: 'when it starts.',
    nextAtAnswer: (lapsesAt: string) =>
      `when there is an answer, or ${lapsesAt} at the latest, when it is called off without one.`,
    nextAnnounced: 'when it is announced again or called off.',
    nextPromised: (at: string) => `${at} at the latest, also when there is no news.`,
    nextChange: 'when its status changes.',
    nextNone: 'none; this was the last one.',
  },
  reply: {
    startMoved: (facts: { from: string; to: string }) =>
      `*Start moved* from ${facts.from} to ${facts.to}: not everybody could be told in time before.`,
    newlyTold: (facts: { groups: string; follows: string }) =>
      `${facts.groups}: you are told of this restore as well now, because the rules of its instance became tighter. The first message of this thread says where it stands; "Acknowledge" and "Object…" are there. ${facts.follows}`,
    objectionHolds: 'Until the restore call is sent, an objection holds it until the objection is answered.',
    objectionIsTold: 'The requester and the approvers are told of an objection; the start is not held by it.',
    fileAwaited: (facts: { at: string; time: string; next: string }) =>
      `*Prepared* ${facts.at}. The database is still running until the file is loaded, which may be at any moment from now; then it is not available for an estimated ${facts.time}.${facts.next}`,
    unclear: unclearReply,
    fileUnclear: (facts: { at: string; next: string }) =>
      `*Not known yet whether the file was loaded.* The restore was prepared ${facts.at}, and no start of it was seen. A person has to look and say which it is; that will stand here. Until then do not rely on the data.${facts.next}`,
    started,
    verifying: restored,
    late: (promisedFor: string) => `This word comes late: it was promised for ${promisedFor}.`,
    still: (facts: { status: string; since: string; seen: string; next: string }) =>
      `*Still the same:* ${facts.status}, since ${facts.since}.${facts.seen}${facts.next}`,
    seen: (facts: { at: string; words: string }) => ` Seen last, ${facts.at}: ${facts.words}`,
    next: (at: string) => ` Next update ${at} at the latest.`,
    objection: (facts: { by: string; at: string; why: string; follows: string }) =>
      `*Objection* of ${facts.by}, ${facts.at}: "${facts.why}"\n${facts.follows}`,
    isHeld: 'The start is held until the requester or an approver has answered; the answer will stand here.',
    tooLateToHold: 'It came after the restore call and cannot hold it. The requester and the approvers are told.',
    isTold: 'The requester and the approvers are told; the start is not held by it.',
    answer: (facts: { by: string; objector: string; kind: AnswerKind; words: string }) =>
      `*Answer* of ${facts.by} to the objection of ${facts.objector}: ${answers[facts.kind]}. "${facts.words}"`,
  },
  card: {
    held: ({ count, until }: { count: number; until: HeldWords | undefined }) =>
      `*Held by ${count === 1 ? 'an objection' : `${count} objections`}.* Without an answer ${unlessAnswered(until)}. The requester may ${until && !until.isBegun ? 'put it off or stop it' : 'stop it'}; that it goes on all the same takes an approver who does not object.`,
    heldShort: 'Held by an objection that nobody has answered.',
    earlier: (facts: { count: number; open: number }) =>
      `${facts.count} earlier ${facts.count === 1 ? 'objection is' : 'objections are'} not shown here${stillOpen(facts)}.`,
    objection: (facts: { by: string; at: string; why: string }) =>
      `*Objection* of ${facts.by}, ${facts.at}: "${facts.why}".`,
    unanswered: (holds: boolean) => ` *Not answered yet*${holds ? '' : '; it does not hold the restore'}.`,
    answered: (facts: { by: string; at: string; kind: AnswerKind; words: string }) =>
      `*Answer* of ${facts.by}, ${facts.at}: ${answers[facts.kind]}. "${facts.words}"`,
    acknowledged: (facts: { count: number; people: string }) => `*Acknowledged* by ${facts.count}: ${facts.people}`,
    answer: 'Answer the objection…',
  },
  objectionForm: {
    title: (id: string) => `Object to ${id}`,
    submit: 'Object',
    close: 'Back',
    about: (facts: { deed: string; requester: string; startAt: string | undefined; follows: string }) =>
      `You object to the ${facts.deed}, asked for by ${facts.requester}${facts.startAt ? `, planned to start ${facts.startAt}` : ''}. ${facts.follows}`,
    holds: 'While nobody has answered, it does not start. The requester and those who agreed are told.',
    holdsNothing: 'The requester and those who agreed are told. It does not hold the restore.',
    why: 'What speaks against it?',
    whyHint: 'Everybody who was told of the restore can read this.',
  },
  answerForm: {
    title: (id: string) => `Answer for ${id}`,
    submit: 'Answer',
    close: 'Back',
    about: (deed: string) => `The ${deed} is objected to:`,
    objection: (facts: { by: string; at: string; why: string }) => `• ${facts.by}, ${facts.at}: "${facts.why}"`,
    stayOpen: (count: number) =>
      `${count} later ${count === 1 ? 'objection is' : 'objections are'} not shown here. This answer leaves ${count === 1 ? 'it' : 'them'} open; open the form once more for ${count === 1 ? 'it' : 'them'}.`,
    choices,
    what: 'What happens now?',
    words: 'Your answer',
    wordsHint: 'Those who object are told, and everybody in the thread can read it.',
  },
  direct: {
    objected: (facts: { by: string; at: string; why: string; follows: string }) =>
      `${facts.by} objects to it, ${facts.at}: "${facts.why}". ${facts.follows}`,
    isAnswered: (facts: { by: string; kind: AnswerKind }) => `${facts.by} has answered: ${answers[facts.kind]}.`,
    holdsNothing: 'It does not hold the restore. Until the restore call is sent, the card can still stop it.',
    holds: (until: HeldWords | undefined) =>
      `Somebody has to answer on the card: without that ${unlessAnswered(until)}. The requester can ${until && !until.isBegun ? 'put it off or stop it' : 'stop it'}; an approver who does not object can also let it go on.`,
    settled: (facts: { by: string; kind: AnswerKind; words: string }) =>
      `${facts.by} has answered your objection: ${answers[facts.kind]}. "${facts.words}"`,
    endedWithout: (facts: { status: string; since: string }) =>
      `nobody answered your objection before the restore ended. It stands at "${facts.status}" since ${facts.since}.`,
  },
  refusal: {
    notAStakeholder: (who: string | undefined) =>
      `Nothing was changed: you are not among the stakeholders of this instance, who are ${who ?? 'the members of the channels that were told'}. Tell them, or the requester, what speaks against it.`,
    ownObjection:
      'Nothing was changed: you object yourself, so somebody else who may approve must decide that it goes on all the same. You can stop it, and put it off while it has not begun.',
    alreadyAcknowledged: (at: string) => `You have acknowledged this already, ${at}.`,
    alreadyObjected: (at: string) =>
      `Nothing was changed: your objection of ${at} stands already and waits for its answer.`,
    noObjection: 'Nothing was changed: no objection waits for an answer any more.',
  },
  told: (facts: { where: string; lead: string | undefined }) =>
    facts.lead ? `${facts.where}, at least ${facts.lead} before the start` : facts.where,
};
