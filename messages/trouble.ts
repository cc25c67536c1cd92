import { quoted } from './slack-text.ts';

/** Trouble that is nobody's decision: what happened, whether anything was done, and what to do. */
const WORDS = {
  'store-away':
    "Nothing was recorded: the bot cannot reach its database at the moment. Try again in a minute; if it stays so, tell the bot's operator.",
  'store-unclear':
    'The bot lost its database while it was recording this, so nobody knows yet whether it was recorded. Look at the card in a minute: it shows what is true. If nothing has changed there, do it again; it can only count once.',
  unexpected:
    "Something went wrong in the bot, and what you asked for was not done. Try once more; if it happens again, tell the bot's operator.",
  'unreadable-record':
    "The bot cannot read its record of this restore, so nothing was done and nothing was recorded. Tell the bot's operator.",
  'unreadable-form': 'This form can no longer be read. Close it and open it again from the card.',
  'unknown-restore': 'The bot does not know this restore any more. It may be older than its records.',
  'denial-needs-reason': 'Say why, so that the requester knows what to do.',
  'other-workspace':
    'This comes from another Slack workspace than the one this bot serves. Nothing was done and nothing was recorded.',
  'old-button': 'This button is from an older message and does nothing any more. `/restore list` shows what is open.',
} as const;

export function trouble(kind: keyof typeof WORDS): { readonly text: string } {
  return { text: WORDS[kind] };
}

/** The bot's database failed while a person waited. `mayBeRecorded` when the change was already on its way there. */
export function storeTrouble(mayBeRecorded: boolean): { readonly text: string } {
  return trouble(mayBeRecorded ? 'store-unclear' : 'store-away');
}

/** Aura could not be asked while a person waited. */
export function auraTrouble(forPeople: string): string {
  return `${quoted(forPeople, 300)} Nothing was done. Try again in a minute, or look at the Aura console.`;
}
