import type { Logger } from 'pino';
import type { Finding, StartCheck } from './finding.ts';

export interface StartChecks {
  /** Looks at everything once. Never fails, and takes no longer than the deadline. */
  look(): Promise<void>;
  /** Looks again and again until it is stopped. */
  repeat(everyMs: number): void;
  stop(): void;
  /** What the last look found. */
  found(): readonly Finding[];
}

const DEADLINE_MS = 10_000;

/**
 * Runs the checks side by side. What is newly found is logged once with its words, and once more when it is gone; `onFound`
 * hears the whole of every look.
 */
export function createStartChecks(parts: {
  readonly checks: readonly StartCheck[];
  /** What follows from what the checks have just seen. */
  readonly conclude: () => readonly Finding[];
  readonly log: Logger;
  readonly onFound: (findings: readonly Finding[]) => void;
  readonly deadlineMs?: number;
}): StartChecks {
  const { checks, log } = parts;
  const deadlineMs = parts.deadlineMs ?? DEADLINE_MS;
  let findings: readonly Finding[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const findingOfEach = await Promise.all(checks.map((check) => findInTime(check, deadlineMs)));
    if (isStopped) return;
    const latest = [...parts.conclude(), ...findingOfEach.flat()];
    const isIn = (list: readonly Finding[], sought: Finding) => list.some((one) => keyOf(one) === keyOf(sought));
    for (const finding of latest) if (!isIn(findings, finding)) report(finding);
    for (const { about, words } of findings.filter((finding) => !isIn(latest, finding))) {
      log.info({ about, words }, 'start check: no longer so');
    }
    findings = latest;
    parts.onFound(findings);
  }

  function report({ about, weight, words }: Finding): void {
    if (weight === 'doubt') log.warn({ about, words }, 'start check: please look');
    else log.error({ about, words }, 'start check failed');
  }

  return {
    look,
    repeat(everyMs) {
      if (isStopped) return;
      timer = setTimeout(() => {
        void look().then(() => this.repeat(everyMs));
      }, everyMs);
      timer.unref();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
    found: () => findings,
  };
}

function keyOf({ key, words }: Finding): string {
  return key ?? words;
}

/** A check that cannot find out in time is a finding of its own. */
async function findInTime({ about, find }: StartCheck, deadlineMs: number): Promise<readonly Finding[]> {
  const fault = (words: string): readonly Finding[] => [{ about, weight: 'fault', words }];
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(
      () => resolve(fault(`The check of ${about} had no answer within ${deadlineMs / 1000} seconds; it is repeated.`)),
      deadlineMs,
    );
  });
  const finding = find().catch((error: unknown) =>
    fault(`The check of ${about} could not be made (${error instanceof Error ? error.message : 'unknown error'}).`),
  );
  const found = await Promise.race([finding, tooLate]);
  clearTimeout(timer);
  return found;
}
