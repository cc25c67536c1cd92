/** An instance that goes back to, or beside which there is a new one with, what it held at one time. */
interface ItsOwn {
  readonly target: string;
  readonly point: string;
}

/** An instance in which everything is replaced. */
interface Replaced {
  readonly target: string;
  /** What by, with its time where that is known: see `goals.by`. */
  readonly by: string;
}

/** One sentence for each way in which a plan changes data, so that no way is told in the words of another. */
export interface Ways<More extends object = object> {
  readonly back: (facts: ItsOwn & More) => string;
  readonly replaced: (facts: Replaced & More) => string;
  readonly beside: (facts: ItsOwn & More) => string;
}

/** What is to be put into such a sentence. */
export type GoalSaid =
  | ({ readonly kind: 'back' } & ItsOwn)
  | ({ readonly kind: 'beside' } & ItsOwn)
  | ({ readonly kind: 'replaced' } & Replaced);
