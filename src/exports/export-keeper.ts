import type { Logger } from 'pino';
import { createChange, type KeptRecords } from '../kept-records.ts';
import {
  afterExported,
  afterExportSaid,
  afterMissed,
  afterReminded,
  type ExportRefusal,
  type ExportReport,
} from '../restore/exports/export-course.ts';
import type { ExportPlan } from '../restore/exports/export-plan.ts';
import { type ExportId, type ExportOffer, type ExportTask, newExport } from '../restore/exports/export-task.ts';
import type { ExportedFiles } from '../restore/exports/exported-file.ts';
import type { Instant } from '../restore/names.ts';
import { requesterRefusal } from '../restore/person.ts';
import type { PersonFacts } from '../restore/person-facts.ts';
import type { InstancePolicy } from '../restore/policy.ts';
import type { Delivery } from '../restore/restore.ts';

/** Where exports live. Every call fails when the store cannot be reached. */
export interface ExportStore extends KeptRecords<ExportId, ExportTask>, ExportedFiles {
  /**
   * Opens an export, if none of its plan is open for the same reason and, for one that fell due, none was opened for this
   * moment or a later one.
   */
  open(task: ExportTask): Promise<'saved' | 'conflict'>;
  /**
   * From when on what falls due of a plan counts: when an export of it was opened last, or when this was first asked.
   */
  countsFrom(auraId: string, plan: string, now: Instant): Promise<Instant>;
  /** The open export of a plan for this reason. */
  openOf(auraId: string, plan: string, because: ExportTask['because']['kind']): Promise<ExportId | undefined>;
  nextId(): Promise<ExportId>;
  /** Those that are open or still owe a message. */
  active(): Promise<readonly ExportId[]>;
}

export type Exported =
  | { readonly kind: 'done'; readonly task: ExportTask }
  | { readonly kind: 'refused'; readonly refusal: ExportRefusal; readonly task?: ExportTask }
  | { readonly kind: 'unknown' };

/** The one door through which exports change. Each change is in the audit, in the record's own chain. */
export interface ExportKeeper extends Pick<ExportStore, 'listExportedFiles' | 'active'> {
  find(id: ExportId): Promise<ExportTask | undefined>;
  /** What fell due of a plan. The one before it that was not done is missed. Undefined: it is open already. */
  fallDue(policy: InstancePolicy, plan: ExportPlan, dueAt: Instant): Promise<ExportTask | undefined>;
  /** Somebody asks for the exports before a deployment; those that are open already are answered as they are. */
  askBeforeDeployment(
    policy: InstancePolicy,
    person: PersonFacts,
  ): Promise<
    | { readonly kind: 'done'; readonly tasks: readonly ExportTask[] }
    | { readonly kind: 'refused'; readonly refusal: ExportRefusal }
  >;
  record(id: ExportId, report: ExportReport, person: PersonFacts): Promise<Exported>;
  remind(id: ExportId, offer: ExportOffer): Promise<void>;
  said(id: ExportId, key: string, delivery: Delivery): Promise<void>;
}

export function createExportKeeper(parts: { readonly store: ExportStore; readonly log: Logger }): ExportKeeper {
  const { store, log } = parts;
  const change = createChange(store, 'export');

  async function open(
    policy: InstancePolicy,
    plan: ExportPlan,
    facts: Pick<ExportTask, 'dueAt' | 'because'>,
  ): Promise<ExportTask | undefined> {
    const task = newExport(await store.nextId(), policy, plan, { ...facts, at: await store.now() });
    if ((await store.open(task)) === 'conflict') return undefined;
    log.info({ export: task.id, instance: policy.alias, plan: plan.name }, 'an export fell due');
    return task;
  }

  return {
    find: store.load,
    active: store.active,
    listExportedFiles: store.listExportedFiles,

    async fallDue(policy, plan, dueAt) {
      const before = await store.openOf(policy.auraId, plan.name, 'schedule');
      if (before !== undefined) {
        await change(before, (task, now) => (task.dueAt < dueAt ? afterMissed(task, now) : undefined));
      }
      return open(policy, plan, { dueAt, because: { kind: 'schedule' } });
    },

    async askBeforeDeployment(policy, person) {
      const { alias, auraId } = policy;
      const refusal = requesterRefusal(person, policy.requesters, alias);
      if (refusal) return { kind: 'refused', refusal };
      const plans = (policy.exports ?? []).filter(({ beforeDeployments }) => beforeDeployments);
      if (plans.length === 0) return { kind: 'refused', refusal: { reason: 'no-deployment-export', alias } };
      const dueAt = await store.now();
      const tasks: ExportTask[] = [];
      for (const plan of plans) {
        const opened = await open(policy, plan, { dueAt, because: { kind: 'deployment', by: person.id } });
        const earlier = opened ? undefined : await store.openOf(auraId, plan.name, 'deployment');
        const task = opened ?? (earlier === undefined ? undefined : await store.load(earlier));
        if (task) tasks.push(task);
      }
      return { kind: 'done', tasks };
    },

    async record(id, report, person) {
      let refusal: ExportRefusal | undefined;
      const task = await change(id, (before, at) => {
        const outcome = afterExported(before, report, { person, at });
        refusal = outcome.kind === 'refused' ? outcome.refusal : undefined;
        return outcome.kind === 'changed' ? outcome.task : undefined;
      });
      if (!task) return { kind: 'unknown' };
      if (!refusal) log.info({ export: id, by: person.id }, 'exported file was recorded');
      return refusal ? { kind: 'refused', refusal, task } : { kind: 'done', task };
    },

    async remind(id, offer) {
      await change(id, (task, now) => afterReminded(task, offer, now));
    },

    async said(id, key, delivery) {
      await change(id, (task) => afterExportSaid(task, key, delivery));
    },
  };
}
