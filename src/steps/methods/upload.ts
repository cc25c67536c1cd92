import type { AuraClient } from '../../aura/client.ts';
import type { Instant } from '../../restore/names.ts';
import type { PlannedFile, PlanOf } from '../../restore/plan.ts';
import { giveUp, lookAgain, report, type StepOutcome, type Timing } from '../step.ts';
import { firstObstacle, instanceObstacle, lookByReading, refuse } from './instance-look.ts';
import { type MethodSteps, NotBegunError } from './method.ts';
import type { UploadHost, UploadSeen } from './upload-host.ts';
import { loadingWords, uploadEndWords, uploadPhaseWords } from './upload-words.ts';

type Times = Pick<Timing, 'pollMs' | 'startWatchMs'>;

/**
 * A worker uploads a file with `neo4j-admin`, as a program beside the bot that goes on when the bot ends. A worker without the
 * tool or the file leaves it to another; one on another host than the upload sees only what Aura shows.
 */
export function createUpload({
  aura,
  timing,
  host,
}: {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly timing: Times;
  /** Absent: this process has no `neo4j-admin`. */
  readonly host?: UploadHost | undefined;
}): MethodSteps<PlanOf<'upload'>> {
  return {
    look: ({ instance: planned, restorePoint: { file } }, { step, priority }) =>
      lookByReading(step, async () => {
        const instance = await aura.getInstance(planned.auraId, priority);
        const found = host ? await host.find(file) : 'not-here';
        return firstObstacle(
          instance.requestId,
          instanceObstacle(step, instance, planned, timing.pollMs),
          found === 'not-here' ? lookAgain(timing.pollMs, waitingForHost(file)) : undefined,
          found === 'changed'
            ? refuse(step, 'file-not-usable', `${named(file)} has another size than when the plan was agreed to.`)
            : undefined,
        );
      }),
    calls: ({ instance, restorePoint: { file } }) => [
      `neo4j-admin database upload --overwrite-destination=true of ${file.name} to ${instance.auraId}`,
    ],
    async announce(attempt) {
      await host?.announce(attempt);
    },
    async send({ instance, restorePoint: { file } }, { id, notAfterMs, fileLoadMs }) {
      if (!host) throw new NotBegunError(`${waitingForHost(file)} There was none.`);
      await host.begin({ id, notAfterMs, sentBeforeMs: Date.now() + fileLoadMs }, { instance, file });
      return { status: 'running' };
    },
    async watchStart({ restorePoint: { file } }, { id, ...around }) {
      const seen = host ? await host.look(id) : ({ kind: 'not-here' } as const);
      return outcomeOf(seen, { file, timing, ...around });
    },
    howFar: async (id) => loadingWords(await host?.look(id).catch(() => undefined)),
  };
}

interface Around {
  readonly file: PlannedFile;
  readonly sentAt: Instant;
  readonly now: Instant;
  /** The status that Aura shows: none that a load explains. */
  readonly shown: string;
  readonly fileLoadMs: number;
  readonly timing: Times;
}

function outcomeOf(seen: UploadSeen, around: Around): StepOutcome {
  const { file, timing } = around;
  switch (seen.kind) {
    case 'beginning':
      return lookAgain(timing.pollMs, `The upload of ${named(file)} is being started.`);
    case 'never-began':
      return unchanged(`The upload of ${named(file)} never began: the bot ended just before.`);
    case 'under-way':
      return lookAgain(timing.pollMs, `${named(file)}: ${uploadPhaseWords(seen)}.`);
    case 'not-here':
      return onlyAura(`Another worker uploads ${named(file)}; this one sees only what Aura shows.`, around);
    case 'abandoned':
      return onlyAura(
        `The program that uploaded ${named(file)} ended without a word${seen.mayHaveBegun ? ' after the file was with Aura' : ''}. It is not started again; what Aura shows decides.`,
        around,
      );
    case 'ended':
      return afterTheEnd(seen, around);
    default:
      return seen satisfies never;
  }
}

function afterTheEnd(seen: Extract<UploadSeen, { kind: 'ended' }>, { file, now, shown, timing }: Around): StepOutcome {
  const words = `${named(file)}: ${uploadEndWords(seen)}`;
  switch (seen.effect) {
    case 'none':
      return unchanged(words);
    case 'loaded':
      // The tool saw the instance leave `running` and come back.
      return report({ type: 'start-seen', status: 'loading, as neo4j-admin saw it' });
    case 'possible': {
      const waitedMs = Date.parse(now) - Date.parse(seen.at);
      if (waitedMs < timing.startWatchMs)
        return lookAgain(closely(timing), `${words} Looking for a sign of it in Aura.`);
      return report({ type: 'start-not-seen', why: `${words} Aura reports the instance as "${shown}".` });
    }
    default:
      return seen.effect satisfies never;
  }
}

/** Until the time for the upload is over it may still come; only then can a person say that it did not. */
function onlyAura(words: string, { sentAt, now, shown, fileLoadMs, timing }: Around): StepOutcome {
  const overAtMs = Date.parse(sentAt) + fileLoadMs + timing.startWatchMs;
  if (Date.parse(now) < overAtMs) return lookAgain(timing.pollMs, words);
  return report({
    type: 'start-not-seen',
    why: `${words} The time for the upload is over and Aura showed no sign of it; the instance is "${shown}".`,
  });
}

function unchanged(why: string): StepOutcome {
  return giveUp({ step: 'watch-start', reason: 'restore-refused', why, condition: 'unchanged' });
}

function waitingForHost(file: PlannedFile): string {
  return `Waiting for a worker that has neo4j-admin and ${named(file)}.`;
}

function named({ name, directory }: PlannedFile): string {
  return directory === undefined ? `the file ${name}` : `the file ${name} of ${directory}`;
}

function closely({ pollMs }: Times): number {
  return Math.min(pollMs, 3_000);
}
