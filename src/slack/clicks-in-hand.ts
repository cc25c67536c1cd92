import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** What Bolt hands on for everything that Slack sends: the answer to Slack is `ack`. */
interface Arrived {
  readonly ack: (...answer: never[]) => Promise<void>;
}

export interface ClicksInHand {
  /** Follows one arrival to its end. */
  follow<E extends Arrived>(arrived: E, handle: (arrived: E) => Promise<void>): Promise<void>;
  /** Resolves as soon as everything that arrived was answered, or after `deadlineMs`. */
  answered(deadlineMs: number): Promise<void>;
  /** Resolves when nothing is in hand any more, or after `deadlineMs`. */
  finished(deadlineMs: number): Promise<void>;
}

/** Knows which clicks are not answered yet and which are answered but not done: Bolt waits for neither when it stops. */
export function createClicksInHand(): ClicksInHand {
  const unanswered = new Set<Arrived>();
  const inHand = new Set<Arrived>();
  let onAnswer: () => void = () => undefined;

  function settled(arrived: Arrived): void {
    unanswered.delete(arrived);
    if (unanswered.size === 0) onAnswer();
  }

  async function allAnswered(): Promise<void> {
    do {
      if (unanswered.size > 0) {
        await new Promise<void>((resolve) => {
          onAnswer = resolve;
        });
      }
      // What has arrived already, but was not read yet, is still to be answered.
      await nextTurn();
    } while (unanswered.size > 0);
  }

  return {
    async follow(arrived, handle) {
      unanswered.add(arrived);
      inHand.add(arrived);
      const ack: typeof arrived.ack = async (...answer) => {
        await arrived.ack(...answer).finally(() => settled(arrived));
      };
      try {
        await handle({ ...arrived, ack });
      } finally {
        settled(arrived);
        inHand.delete(arrived);
      }
    },
    async answered(deadlineMs) {
      await Promise.race([allAnswered(), sleep(deadlineMs, undefined, { ref: false })]);
    },
    async finished(deadlineMs) {
      const deadline = Date.now() + deadlineMs;
      while (inHand.size > 0 && Date.now() < deadline) await sleep(20);
    },
  };
}
