/** Something that goes wrong with the next `times` calls of a Web API method, or with the next delivery. */
export type SlackFault =
  | {
      readonly kind: 'error';
      readonly method: string;
      readonly error: string;
      readonly channel?: string;
      /** So many calls that it fits are answered before it; absent: none. */
      readonly after?: number;
      readonly times: number;
    }
  | { readonly kind: 'rate-limit'; readonly method: string; readonly retryAfterSeconds: number; readonly times: number }
  | LostAnswer
  /** Slack acts and answers, but takes its time first; it acts also when nobody waits for the answer any more. */
  | { readonly kind: 'slow'; readonly method: string; readonly delayMs: number; readonly times: number }
  | AnswerGoneWrong
  | { readonly kind: 'away'; readonly times: number }
  | {
      readonly kind: 'redeliver';
      /** The same once more so long after it was answered, whatever was delivered in between; absent: at once. */
      readonly afterMs?: number;
      /** Only a form whose answer leaves it open, as when that answer was lost on its way to Slack; absent: only what is over. */
      readonly isLeftOpen?: true;
      readonly times: number;
    };

/** A call that Slack does not answer as its documents say, before it acted or after. */
export type AnswerGoneWrong = {
  readonly method: string;
  readonly when: 'before' | 'after';
  readonly times: number;
} & (
  | { readonly kind: 'status'; readonly status: number }
  /** No answer, for as long as the caller waits. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'nonsense'; readonly as: Nonsense }
);

/** What stands where an answer should be, by name: it says neither that Slack acted nor why it refused. */
export const NONSENSE = {
  'a page': '<!DOCTYPE html>\n<html><body>Something went wrong</body></html>',
  'an empty list': '[]',
  'another form': '{"status":"fine"}',
  'a refusal of nothing': '{"ok":false}',
  nothing: '',
  null: 'null',
} as const;

/** The name of something that is no answer. */
export type Nonsense = keyof typeof NONSENSE;

/** Slack acts and its answer is lost on the way. */
export interface LostAnswer {
  readonly kind: 'lose-answer';
  readonly method: string;
  /** Only answers to replies in a thread, or only to what is none; absent: either. */
  readonly inThread?: boolean;
  /** Only in this channel; absent: in any. */
  readonly channel?: string;
  readonly times: number;
}

export interface SlackFaults {
  /** What was not met with within `forMs` is over. */
  add(fault: SlackFault, forMs?: number): void;
  take<K extends SlackFault['kind']>(
    kind: K,
    fits?: (fault: Extract<SlackFault, { kind: K }>) => boolean,
  ): Extract<SlackFault, { kind: K }> | undefined;
  list(): readonly SlackFault[];
  clear(): void;
}

export function createSlackFaults(): SlackFaults {
  let waiting: { fault: SlackFault; spared: number; left: number; endsAt: number }[] = [];
  const forgetEnded = () => {
    waiting = waiting.filter(({ left, endsAt }) => left > 0 && endsAt > Date.now());
  };
  return {
    add: (fault, forMs = Number.POSITIVE_INFINITY) => {
      const spared = fault.kind === 'error' ? (fault.after ?? 0) : 0;
      waiting.push({ fault, spared, left: fault.times, endsAt: Date.now() + forMs });
    },
    take<K extends SlackFault['kind']>(
      kind: K,
      fits: (fault: Extract<SlackFault, { kind: K }>) => boolean = () => true,
    ) {
      const isKind = (fault: SlackFault): fault is Extract<SlackFault, { kind: K }> => fault.kind === kind;
      forgetEnded();
      for (const entry of waiting) {
        if (!isKind(entry.fault) || !fits(entry.fault)) continue;
        if (entry.spared > 0) {
          entry.spared--;
          continue;
        }
        entry.left--;
        forgetEnded();
        return entry.fault;
      }
      return undefined;
    },
    list: () => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    clear() {
      waiting = [];
    },
  };
}
