import type { AuraClient } from '../../aura/client.ts';
import { AuraRefusedError } from '../../aura/errors.ts';
import type { AuraInstances } from '../../aura/made-instances.ts';
import { instanceStatusClass } from '../../aura/status.ts';
import type { MadeInstance } from '../../restore/new-instance/made-instance.ts';
import { type MadeId, newInstanceId } from '../../restore/new-instance/name.ts';
import { costOf, moneyWords } from '../../restore/new-instance/price.ts';
import type { PlanOf } from '../../restore/plan.ts';
import type { Restore } from '../../restore/restore.ts';
import type { Step } from '../../restore/state.ts';
import { drifted, type StepOutcome } from '../step.ts';
import { firstObstacle, lookByReading, refuse, snapshotObstacle } from './instance-look.ts';
import { type MethodSteps, NotBegunError } from './method.ts';

/** Makes instances, each once, and finds those whose create call had no usable answer. */
export interface MakeInstances {
  spentThisMonth(): Promise<number>;
  /** Rejects with Aura's errors, or with what `isCapReached` knows; see there what is certain after each. */
  make(
    order: Pick<MadeInstance, 'id' | 'restoreId' | 'owner' | 'source' | 'auditChannel' | 'ownersChannel'> &
      PlanOf<'new-instance'>['toMake'],
    notAfterMs: number,
  ): Promise<MadeInstance>;
  look(id: MadeId): Promise<MadeInstance | undefined>;
  isCapReached(error: unknown): error is Error;
}

/** A new instance is made beside the one whose snapshot it is, which nothing happens to. */
export function createNewInstance({
  aura,
  instances,
  maker,
}: {
  readonly aura: Pick<AuraClient, 'getInstance' | 'getSnapshot'>;
  readonly instances: Pick<AuraInstances, 'configurationsOf'>;
  readonly maker: MakeInstances;
}): MethodSteps<PlanOf<'new-instance'>> {
  return {
    look: ({ instance: planned, restorePoint, toMake }, { step, priority }) =>
      lookByReading(step, async () => {
        const source = await aura.getInstance(planned.auraId, priority);
        const snapshot = await aura.getSnapshot(planned.auraId, restorePoint.snapshotId, priority);
        const offered = source.projectId ? await instances.configurationsOf(source.projectId, priority) : [];
        const isOffered = offered.some(({ type, memory }) => type === toMake.type && memory === toMake.memory);
        return firstObstacle(
          source.requestId,
          instanceStatusClass(source.status) === 'gone'
            ? refuse(step, 'instance-not-running', `Aura reports the instance as "${source.status}".`)
            : undefined,
          snapshotObstacle(step, snapshot, restorePoint),
          snapshot.exportable === false
            ? drifted({
                step,
                reason: 'snapshot-not-usable',
                why: 'Aura now says that the snapshot is not exportable: no instance can be made from it.',
              })
            : undefined,
          source.projectId && !isOffered
            ? refuse(step, 'aura-refused', `Aura offers this project no ${toMake.type} with ${toMake.memory}.`)
            : undefined,
          capObstacle(step, toMake, await maker.spentThisMonth()),
        );
      }),

    calls: ({ instance, restorePoint, toMake }) => [
      `POST /v1/instances, ${toMake.type} ${toMake.memory}, source ${instance.auraId}, snapshot ${restorePoint.snapshotId}`,
      'DELETE /v1/instances/(the new one), at its time',
    ],
    async send({ instance, restorePoint, toMake }, { restore, notAfterMs }) {
      const { previewOf: _, ...shape } = toMake;
      try {
        const made = await maker.make(
          {
            ...shape,
            monthlyCap: Math.min(shape.monthlyCap, restore.terms.monthlyCap ?? shape.monthlyCap),
            id: newInstanceId(restore.id),
            restoreId: restore.id,
            owner: restore.request.requestedBy,
            source: { alias: instance.alias, auraId: instance.auraId, snapshotId: restorePoint.snapshotId },
            auditChannel: restore.terms.auditChannel ?? restore.terms.approvalsChannel,
            ownersChannel: restore.terms.approvalsChannel,
          },
          notAfterMs,
        );
        const facts = madeFacts(made);
        return { status: 'creating', ...(facts ? { made: facts } : {}) };
      } catch (error) {
        if (maker.isCapReached(error)) throw new NotBegunError(error.message, { cause: error });
        // What is not exportable has no reason of its own: the words of the look before say it better than "refused".
        if (error instanceof AuraRefusedError && error.status === 400) {
          throw new NotBegunError(`Aura refused to make the instance. ${error.forPeople}`, { cause: error });
        }
        throw error;
      }
    },
  };
}

/** Why it would cost too much. */
function capObstacle(
  step: Step,
  { price, liveForMinutes, monthlyCap }: PlanOf<'new-instance'>['toMake'],
  spent: number,
): StepOutcome | undefined {
  const cost = costOf(price, liveForMinutes);
  if (spent + cost <= monthlyCap) return undefined;
  const money = (amount: number) => moneyWords(amount, price.currency);
  return refuse(
    step,
    'restore-refused',
    `All instances that the bot makes may cost ${money(monthlyCap)} in a month. They cost ${money(spent)} in this one already, and this one would cost ${money(cost)}.`,
  );
}

/** What the record of a restore keeps of its new instance. Undefined until Aura has told its id. */
export function madeFacts({ state, name, removeAt }: MadeInstance): Restore['made'] {
  if (state.status !== 'made') return undefined;
  const { auraId, connectionUrl, password } = state;
  return { auraId, name, removeAt, password, ...(connectionUrl ? { connectionUrl } : {}) };
}
