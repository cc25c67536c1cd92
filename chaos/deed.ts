/** What a person did and what they were told, noted by the person: the outside evidence of what the bot promised. */
export interface Deed {
  readonly at: number;
  readonly who: string;
  readonly what:
    | 'open-form'
    | 'request'
    | 'approve'
    | 'deny'
    | 'accept'
    | 'decline'
    | 'edit'
    | 'acknowledge'
    | 'object'
    | 'answer'
    | 'look'
    | 'take-back'
    | 'nudge'
    | 'withdraw'
    | 'cancel'
    | 'judge';
  /** The mark in the reason text of a request, by which it is recognised everywhere. */
  readonly mark: string;
  /**
   * `done`: the bot said yes. `refused`: it said no, and that is on record. `nothing`: it said that nothing came of it, not
   * even an entry. `unanswered`: it said nothing or that it does not know, so either is possible.
   */
  readonly told: 'done' | 'refused' | 'nothing' | 'unanswered';
  readonly words: string;
  /** Of a request and the opening of its form: the trigger that Slack gave the act. Absent: it never left Slack. */
  readonly trigger?: string | undefined;
  /** What the form that was submitted had been drawn from: the plan, and how often people had been asked anew. */
  readonly shown?: Shown;
}

export interface Shown {
  readonly planHash?: string;
  readonly round?: number;
}
