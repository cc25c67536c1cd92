/** The parts of the bot's surroundings that are looked at when it starts, and again every few minutes. */
type Surrounding = 'redis' | 'clocks' | 'slack' | 'channels' | 'groups' | 'aura' | 'on-call' | 'addresses' | 'anchors';

/** How much it matters: nobody can decide until it is mended; something will fail; somebody should look. */
type Weight = 'stops-decisions' | 'fault' | 'doubt';

/** Something wrong with the surroundings. */
export interface Finding {
  readonly about: Surrounding;
  readonly weight: Weight;
  /** What is wrong and what to do next, for the operator. Never a secret. */
  readonly words: string;
  /** Two findings with one key are one, although their words differ; without a key the words decide. */
  readonly key?: string;
}

/** Looks at one part of the surroundings once; nothing found means that all is well. May be repeated at will, and only reads. */
export interface StartCheck {
  readonly about: Surrounding;
  find(): Promise<readonly Finding[]>;
}
