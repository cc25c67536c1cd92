/** Something worth trying in the page, step by step. */
export interface GuidedScene {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly string[];
}
