import type { PlainTextOption } from '@slack/types';

export type Option = PlainTextOption;

/** What Slack expects as the answer of a menu that loads its choices. */
export interface OptionsBlock {
  option_groups: { label: { type: 'plain_text'; text: string }; options: Option[] }[];
}
