import { clockDifferenceWords } from '../../../src/restore/clock-difference.ts';

/** Why something a person tried changed nothing, and what they can do. */
export const refusal = {
  about: (facts: { id: string; deed: string }) => ` (${facts.id}, ${facts.deed})`,
  asked: (people: string) => ` The people who are asked: ${people}.`,
  identityUnreadable:
    'Nothing was changed: Slack did not say who you are in time, and without that the answer is no. Try once more in a minute.',
  notAPerson: 'Nothing was changed: bots and apps cannot ask for or decide about a restore.',
  deactivated: 'Nothing was changed: this account is not active.',
  guest: 'Nothing was changed: guests cannot ask for or decide about a restore. Ask a full member of the workspace.',
  outsider: 'Nothing was changed: only members of this workspace can ask for or decide about a restore.',
  ownRequest: (asked: string) =>
    `Nothing was changed: this is your own request, and a second person must decide about it.${asked}`,
  notAnApprover: (asked: string) =>
    `Nothing was changed: you are not among those who may decide about this instance.${asked}`,
  notTheRequester: (requester: string) =>
    `Nothing was changed: only ${requester}, who asked for it, can withdraw this request, change it, or nudge those who are asked. Those who are asked can deny it.`,
  notInvolved: (asked: string) =>
    `Nothing was changed: only the requester and those who may decide about this instance can do that.${asked}`,
  notARequester: (alias: string) =>
    `Nothing was asked for: you are not among those who may ask for a restore of ${alias}. Ask the on-call engineer.`,
  noLongerARequester: (alias: string) =>
    `Nothing was changed: by rules that were changed since, you are not among those any more who may ask for a restore of ${alias}. You can still withdraw it; somebody who may ask can then ask anew.`,
  alreadyPast: (facts: { status: string; by: string | undefined; at: string }) =>
    `Nothing was changed: this restore is past that. It stands at "${facts.status}"${facts.by ? ` by ${facts.by}` : ''} since ${facts.at}. Its card says what came of it.`,
  requestExpired: (at: string) =>
    `Nothing was changed: the request expired ${at}. If the restore is still needed, it has to be asked for again.`,
  planChanged:
    'Nothing was changed: the plan is not the one you were shown. Close this, read the card again and decide anew.',
  alreadyVoted: (facts: { isYes: boolean; at: string }) =>
    `Nothing was changed: you have ${facts.isYes ? 'agreed' : 'said no'} already, ${facts.at}, and one person is one vote. Take it back on the card first if you have changed your mind.`,
  noVote: 'Nothing was changed: you have no vote on this request that could be taken back.',
  wrongAnswer: 'Nothing was changed: an answer was wrong. Read the card again.',
  answerOfEarlierPlan:
    'Nothing was changed: the answer was of the plan before the request was changed. Read the card again.',
  formClosed: (until: string) =>
    `Nothing was changed: after three wrong answers you cannot approve until ${until}. Read the card meanwhile, or leave it to somebody else. You can still deny.`,
  anotherLooks: (facts: { by: string; until: string }) =>
    `${facts.by} is looking at it already, until ${facts.until}. You may still decide.`,
  nothingChanged: 'Nothing was changed: the plan is this already.',
  notOffered: (what: 'check' | 'channel') =>
    `Nothing was changed: this ${what} is not offered for this instance any more. Open the form again.`,
  othersUnreadable:
    'Nothing was changed: Slack did not say in time whether those who agreed before you still may, and yours would be the last vote. Try once more in a minute.',
  tooLateToStop: {
    restore: (status: string) =>
      `It is too late to stop: the restore call was sent ("${status}"). When it has ended, the safety snapshot on the card is the way back.`,
    file: (status: string) =>
      `It is too late to stop: the file was handed over ("${status}"). When it has ended, the safety snapshot on the card is the way back.`,
    byHand: (button: string) =>
      `Nothing was changed: no call was sent. To stop it, make sure that nobody uploads the file, then press "${button}" on the card.`,
    newInstance:
      'It is too late to stop: the create call was sent. Nothing is overwritten; if the new instance is made, it is removed at its time.',
  },
  notWaitingForJudgement: (status: string) =>
    `Nothing was changed: this restore no longer waits for that answer. It stands at "${status}".`,
  clocksApart: (difference: string) =>
    `Nothing was changed: ${difference}, and windows, expiry and data loss are judged by these clocks. The bot's operator must set them right; then try again. Withdrawing, denying and stopping still work.`,
  clockDifference: clockDifferenceWords,
  clockSetBack: (lastAt: string) =>
    `Nothing was changed: the bot's clock was set back. The last entry of this restore is from ${lastAt}, which has not come yet by that clock, so nobody can say what has expired. The bot's operator must set the clock right; then try again. Withdrawing, denying and stopping still work.`,
  stale: 'Nothing was changed: that had been done already.',
  unknownInstance: (facts: { typed: string; meant: string }) =>
    `There is no instance "${facts.typed}" in the bot's configuration.${facts.meant} \`/restore\` lists them all.`,
  noInstanceNamed: (example: string) =>
    `Say which instance is meant: put its name after the command, as in ${example}. \`/restore\` lists them all.`,
  instanceClaimed: (id: string) =>
    `Nothing was asked for: there is an open restore of this instance already, ${id}. Follow it with \`/restore status ${id}\`.`,
  askedAgain: (id: string) =>
    `Nothing came of this form: it was held up on its way, and you have asked for the same again since, with ${id}. Follow it with \`/restore status ${id}\`.`,
  snapshotNotUsable: (why: string) => `This snapshot cannot be used: ${why}. Choose another one.`,
  startInThePast: 'This start is in the past. Choose a later time, or "As soon as it is confirmed".',
  startTooSoon: (earliest: string) => `Stakeholders need notice first: the earliest start is ${earliest}.`,
  nextStart: (next: readonly string[]) =>
    next.length > 0
      ? `Next possible start: ${next.join(', or ')}.`
      : 'No later start is possible in the next three years.',
  orOverride: ' Or ask for a start in the freeze, with an override.',
  overrideNotPossible: (alias: string) =>
    `Nobody is named who could agree to a start of ${alias} in a freeze. Choose another start.`,
  fieldMissing: 'This is needed for a restore of this instance.',
  testOnProduction:
    'A rollback test belongs on a test instance, because a restore of production loses real data. Choose another instance or another reason.',
  shortRule: (facts: { name: string; needed: number; possible: number }) =>
    `"${facts.name}" needs ${facts.needed}, and ${facts.possible} can be found`,
  cannotBeApproved: (short: string) =>
    `Nothing was changed or asked for, because nobody could approve it: ${short}. You, guests, bots and inactive accounts do not count, and each person counts once. Ask the bot's operator to name more people.`,
};
