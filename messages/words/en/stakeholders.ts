import type { AnswerKind } from '../../../src/restore/stakeholder-facts.ts';
import type { StakeholderStatus } from '../../../src/restore/stakeholder-status.ts';

const titles: Readonly<Record<StakeholderStatus, string>> = {
  planned: 'planned',
  held: 'planned, held by an objection',
  'put-off': 'put off',
  preparing: 'started',
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

/** What the people of dependent services are told, and what they say. */
export const stakeholders = {
  about: (facts: { about: string; point: string }) => `${facts.about}, back to its state of ${facts.point}`,
  aboutCalledOff: (facts: { about: string; point: string }) =>
    `${facts.about}; it was to go back to its state of ${facts.point}`,
  head: {
    title: (facts: { status: StakeholderStatus; alias: string }) =>
      `Database restore ${titles[facts.status]}: ${facts.alias}`,
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
    restoring: (at: string) => `the database is not available: it is being restored, since ${at}.`,
    verifying: (at: string) => `restored; its data is being verified, since ${at}.`,
    done: (facts: { at: string; point: string }) => `done ${facts.at}. The database is as it was ${facts.point}.`,
    failed: (at: string) => `failed ${at}. The team is working on it.`,
    undone: (facts: { at: string; by: string }) =>
      `done, and undone ${facts.at} by ${facts.by}: the database is as it was before this restore.`,
    calledOff: (at: string) => `called off ${at}. Nothing was rolled back.`,
    lossToCome: (point: string) =>
      `*Data loss:* all changes after ${point} will be lost. Save your work elsewhere before the start.`,
    lossNow: (point: string) => `*Data loss:* all changes after ${point} are lost by it.`,
    lossDone: (point: string) => `*Data loss:* all changes after ${point} are gone.`,
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
    started: (facts: { at: string; time: string; point: string; next: string }) =>
      `*Started* ${facts.at}. The database is not available from now, for an estimated ${facts.time}. All changes after ${facts.point} are lost by it.${facts.next}`,
    verifying: (facts: { at: string; next: string }) =>
      `*Restored* ${facts.at}. The data is being verified; wait for the notice that it is complete before you rely on it.${facts.next}`,
    late: (promisedFor: string) => `This word comes late: it was promised for ${promisedFor}.`,
    still: (facts: { status: string; since: string; seen: string; next: string }) =>
      `*Still the same:* ${facts.status}, since ${facts.since}.${facts.seen}${facts.next}`,
    seen: (facts: { at: string; words: string }) => ` Seen last, ${facts.at}: ${facts.words}`,
    next: (at: string) => ` Next update ${at} at the latest.`,
    objection: (facts: { by: string; at: string; why: string; follows: string }) =>
      `*Objection* of ${facts.by}, ${facts.at}: ${facts.why}\n${facts.follows}`,
    isHeld: 'The start is held until the requester or an approver has answered; the answer will stand here.',
    tooLateToHold: 'It came after the start and cannot hold it. The requester and the approvers are told.',
    isTold: 'The requester and the approvers are told; the start is not held by it.',
    answer: (facts: { by: string; objector: string; kind: AnswerKind; words: string }) =>
      `*Answer* of ${facts.by} to the objection of ${facts.objector}: ${answers[facts.kind]}. ${facts.words}`,
  },
  card: {
    held: (facts: { count: number; lapsesAt: string | undefined }) =>
      `*Held by ${facts.count === 1 ? 'an objection' : `${facts.count} objections`}.* Without an answer it does not start${facts.lapsesAt ? `, and ends ${facts.lapsesAt}` : ''}. The requester may put it off or stop it; that it goes on all the same takes an approver who does not object.`,
    heldShort: 'Held by an objection that nobody has answered.',
    earlier: (count: number) => `${count} earlier objections are in the history.`,
    objection: (facts: { by: string; at: string; why: string }) =>
      `*Objection* of ${facts.by}, ${facts.at}: ${facts.why}`,
    unanswered: (holds: boolean) => ` *Not answered yet*${holds ? '' : '; it does not hold the restore'}.`,
    answered: (facts: { by: string; at: string; kind: AnswerKind; words: string }) =>
      ` *Answer* of ${facts.by}, ${facts.at}: ${answers[facts.kind]}. ${facts.words}`,
    acknowledged: (facts: { count: number; people: string }) => `*Acknowledged* by ${facts.count}: ${facts.people}`,
    answer: 'Answer the objection…',
  },
  objectionForm: {
    title: (id: string) => `Object to ${id}`,
    submit: 'Object',
    close: 'Back',
    about: (facts: { alias: string; point: string; requester: string; startAt: string | undefined; follows: string }) =>
      `You object to the restore of ${facts.alias} to ${facts.point}, asked for by ${facts.requester}${facts.startAt ? `, planned to start ${facts.startAt}` : ''}. ${facts.follows}`,
    holds: 'While nobody has answered, it does not start. The requester and those who agreed are told.',
    holdsNothing: 'The requester and those who agreed are told. It does not hold the restore.',
    why: 'What speaks against it?',
    whyHint: 'Everybody who was told of the restore can read this.',
  },
  answerForm: {
    title: (id: string) => `Answer for ${id}`,
    submit: 'Answer',
    close: 'Back',
    about: (facts: { alias: string; point: string }) =>
      `The restore of ${facts.alias} to ${facts.point} is objected to:`,
    objection: (facts: { by: string; at: string; why: string }) => `• ${facts.by}, ${facts.at}: ${facts.why}`,
    choices,
    what: 'What happens now?',
    words: 'Your answer',
    wordsHint: 'Those who object are told, and everybody in the thread can read it.',
  },
  direct: {
    objected: (facts: { by: string; at: string; why: string; follows: string }) =>
      `${facts.by} objects to it, ${facts.at}: ${facts.why} ${facts.follows}`,
    isAnswered: (facts: { by: string; kind: AnswerKind }) => `${facts.by} has answered: ${answers[facts.kind]}.`,
    holdsNothing: 'It does not hold the restore. Until the restore call is sent, the card can still stop it.',
    holds: (lapsesAt: string | undefined) =>
      `It does not start before somebody answers on the card${lapsesAt ? `, and ends without an answer ${lapsesAt}` : ''}. The requester can put it off or stop it; an approver who does not object can also let it go on.`,
    settled: (facts: { by: string; kind: AnswerKind; words: string }) =>
      `${facts.by} has answered your objection: ${answers[facts.kind]}. ${facts.words}`,
    endedWithout: (facts: { status: string; since: string }) =>
      `nobody answered your objection before the restore ended. It stands at "${facts.status}" since ${facts.since}.`,
  },
  refusal: {
    notAStakeholder: (who: string | undefined) =>
      `Nothing was changed: you are not among the stakeholders of this instance, who are ${who ?? 'the members of the channels that were told'}. Tell them, or the requester, what speaks against it.`,
    ownObjection:
      'Nothing was changed: you object yourself, so somebody else who may approve must decide that it goes on all the same. You can put it off or stop it.',
    alreadyAcknowledged: (at: string) => `You have acknowledged this already, ${at}.`,
    alreadyObjected: (at: string) =>
      `Nothing was changed: your objection of ${at} stands already and waits for its answer.`,
    noObjection: 'Nothing was changed: no objection waits for an answer any more.',
  },
  told: (facts: { where: string; lead: string | undefined }) =>
    facts.lead ? `${facts.where}, at least ${facts.lead} before the start` : facts.where,
};
