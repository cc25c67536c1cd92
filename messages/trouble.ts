import { quoted } from './slack-text.ts';

/** Trouble that is nobody's decision: what happened, whether anything was done, and what to do. */
const WORDS = {
  'store-away':
    "Nothing was recorded: the bot cannot reach its database at the moment. Try again in a minute; if it stays so, tell the bot's operator.",
  unexpected:
    "Something went wrong in the bot, and what you asked for was not done. Try once more; if it happens again, tell the bot's operator.",
  'unreadable-form': 'This form can no longer be read. Close it and open it again from the card.',
  'unknown-restore': 'The bot does not know this restore any more. It may be older than its records.',
  'denial-needs-reason': 'Say why, so that the requester knows what to do.',
  'old-button': 'This button is from an older message and does nothing any more. `/restore list` shows what is open.',
} as const;

export function trouble(kind: keyof typeof WORDS): { readonly text: string } {
  return { text: WORDS[kind] };
}

/** Aura could not be asked while a person waited. */
export function auraTrouble(forPeople: string): string {
  return `${quoted(forPeople, 300)} Nothing was done. Try again in a minute, or look at the Aura console.`;
}
