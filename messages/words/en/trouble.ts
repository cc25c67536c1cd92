/** Trouble that is nobody's decision: what happened, whether anything was done, and what to do. */
const kinds = {
  'store-away':
    "Nothing was recorded: the bot cannot reach the store of its records at the moment. The Aura databases are not meant. Try again in a minute; if it stays so, tell the bot's operator.",
  'store-unclear':
    'The bot lost its database while it was recording this, so nobody knows yet whether it was recorded. Look in a minute at the card, or at `/restore list` where there is none: they show what is true. If nothing has changed there, do it again; it can only count once.',
  'delegation-unclear':
    "The bot lost its database while it was recording this, so nobody knows yet whether it was recorded. Look at the bot's home in a minute: it shows which places are handed over. If nothing has changed there, do it again; the same form can only count once.",
  unexpected:
    "Something went wrong in the bot, and what you asked for was not done. Try once more; if it happens again, tell the bot's operator.",
  'unreadable-record':
    "The bot cannot read its record of this restore, so nothing was done and nothing was recorded. Tell the bot's operator.",
  'form-not-shown':
    'Slack did not show the form as it should, so nothing was asked for and nothing decided by it. Try once more; if what stands open is empty or old, close it and open it again.',
  'unreadable-form': 'This form can no longer be read. Close it and open it again from the card.',
  'unknown-restore': 'The bot does not know this restore any more. It may be older than its records.',
  'people-unread':
    'Nobody was nudged: Slack did not say in time who is asked. Try once more in a minute, or talk to one of them directly.',
  'denial-needs-reason': 'Say why, so that the requester knows what to do.',
  'objection-needs-reason': 'Say what speaks against it, so that somebody can answer.',
  'answer-needs-words': 'Choose what happens now, and say why.',
  'other-workspace':
    'This comes from another Slack workspace than the one this bot serves. Nothing was done and nothing was recorded.',
  'old-button': 'This button is from an older message and does nothing any more. `/restore list` shows what is open.',
};

export const trouble = {
  kinds,
  /** What Aura's answer, or the lack of one, means; `said` is that in English. */
  auraSaid: (facts: { meaning: string; said: string }) => facts.said,
  couldNotLook: 'The bot could not look.',
  snapshotUnclear: (facts: { said: string; alias: string }) =>
    `${facts.said} Nobody knows whether Aura took a snapshot of *${facts.alias}*. Look at \`/restore snapshots ${facts.alias}\` in a minute, before you ask again.`,
  aura: (said: string) => `${said} Nothing was done. Try again in a minute, or look at the Aura console.`,
};
