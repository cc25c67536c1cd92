import type { Violation } from './block-kit-rules.ts';
import type { Json } from './workspace.ts';

/** Slack's own way of saying no: HTTP 200 with an error code. */
export class SlackRefusal extends Error {
  readonly extra: Json;
  constructor(code: string, extra: Json = {}) {
    super(code);
    this.extra = extra;
  }
}

/** One method of the Web API. Answers or throws `SlackRefusal`. */
export type Method = (args: Json) => Json;

/** Says no to what Slack would not show, with a pointer to each violation. */
export function refuseInvalid(violations: readonly Violation[], code: 'invalid_blocks' | 'invalid_arguments'): void {
  if (violations.length === 0) return;
  const messages = violations.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  throw new SlackRefusal(code, {
    errors: messages,
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
}
