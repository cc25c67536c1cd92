import type { App, BlockButtonAction } from '@slack/bolt';
import { ACTION, FIELD, VIEW } from '../messages/action-ids.ts';
import { exportForm } from '../messages/exports/form.ts';
import { exportsAsked, exportsReply } from '../messages/exports/list.ts';
import { exportRecorded, exportRefusalText } from '../messages/exports/outcome.ts';
import { trouble } from '../messages/trouble.ts';
import { type ExportRefusal, readSize } from '../src/restore/exports/export-course.ts';
import type { ExportTask } from '../src/restore/exports/export-task.ts';
import { instantOf } from '../src/restore/instant.ts';
import type { Reader } from '../src/restore/language.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { Desk } from './desk.ts';
import { openForm } from './shown-form.ts';
import { exportIdOf, exportOf, formValues, interactionOf } from './slack-input.ts';
import { atFields, onSubmission } from './submissions.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/** An owner of an export says that it was done, and which file it became. */
export function registerExports(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(ACTION.recordExport, async ({ ack, body, action, client }) => {
    const person = body.user.id;
    const tell = (say: Say) => whisper(desk, { client, person, channel: body.channel?.id }, say);
    try {
      await ack();
      const id = exportIdOf(action);
      const task = id === undefined ? undefined : await desk.exports.find(id);
      if (!task) return await tell((reader) => trouble('old-button', reader));
      const refusal = overRefusal(task);
      if (refusal) {
        await desk.coordinator.recordRefusedRequest(triedToRecord(task, body), refusal);
        return await tell((reader) => exportRefusalText(refusal, reader));
      }
      const view = exportForm(task, await desk.directory.readerOf(person));
      await openForm(client, body.trigger_id, view);
    } catch (error) {
      desk.log.error({ err: error }, 'the form of an export could not be opened');
      await tell((reader) => troubleWords(error, reader));
    }
  });

  onSubmission(app, VIEW.exportForm, async ({ ack, body, view, client }) => {
    const person = body.user.id;
    const reader = await desk.directory.readerOf(person);
    const fail = (field: string, text: string) => ack(atFields({ [field]: text }, reader));
    const refuse = (refusal: ExportRefusal) => fail(fieldOf(refusal), exportRefusalText(refusal, reader).text);
    const values = formValues(view.state);
    const takenAt = values.time(FIELD.exportTakenAt);
    const sizeBytes = readSize(values.text(FIELD.exportSize) ?? '');
    try {
      const task = await desk.exports.find(exportOf(view.private_metadata) ?? '');
      if (!task) return await fail(FIELD.exportFile, trouble('old-button', reader).text);
      if (sizeBytes === undefined) return await refuse({ reason: 'file-size' });
      const report = {
        fileName: values.text(FIELD.exportFile) ?? '',
        sizeBytes,
        sha256: values.text(FIELD.exportChecksum) ?? '',
        place: values.text(FIELD.exportPlace) ?? task.plan.place,
        takenAt: takenAt === undefined ? task.dueAt : instantOf(takenAt * 1000),
        ...interactionOf(body),
      };
      const facts = await desk.directory.readForDecision(person, task.plan.owners);
      const recorded = await desk.exports.record(task.id, report, facts);
      if (recorded.kind === 'unknown') return await fail(FIELD.exportFile, trouble('old-button', reader).text);
      if (recorded.kind === 'refused') {
        await desk.coordinator.recordRefusedRequest(triedToRecord(task, body), recorded.refusal);
        return await refuse(recorded.refusal);
      }
      await ack();
      await whisper(desk, { client, person }, () => exportRecorded(recorded.task, reader));
    } catch (error) {
      desk.log.error({ err: error }, 'exported file could not be recorded');
      await fail(FIELD.exportFile, troubleWords(error, reader).text);
    }
  });
}

/** `/restore exports`: what must leave Aura, what is due, and of one instance which files there are. */
export async function listExports(desk: Desk, policy: InstancePolicy | undefined, reader: Reader) {
  const [now, open] = await Promise.all([desk.now(), openExports(desk)]);
  const files = policy ? { files: await desk.exports.listExportedFiles(policy.alias) } : {};
  const instances = policy ? [policy] : desk.policy.instances;
  return exportsReply({ now, instances, open, ...files }, reader);
}

/** `/restore export <instance>`: has the owners export it before a deployment. */
export async function askForExport(
  desk: Desk,
  policy: InstancePolicy,
  command: { readonly user_id: string; readonly trigger_id: string },
  reader: Reader,
) {
  const person = command.user_id;
  // With the store away a person hears so at once, whatever else speaks against it.
  const [facts] = await Promise.all([
    desk.directory.readForDecision(person, policy.requesters ?? { groups: [] }),
    desk.now(),
  ]);
  const asked = await desk.exports.askBeforeDeployment(policy, facts);
  if (asked.kind === 'done') return exportsAsked(policy.alias, asked.tasks, reader);
  const tried = { by: person, attempt: 'export', instance: policy, ...interactionOf(command) } as const;
  await desk.coordinator.recordRefusedRequest(tried, asked.refusal);
  return exportRefusalText(asked.refusal, reader);
}

/** The exports that are due and not recorded yet, the oldest first. */
export async function openExports(desk: Pick<Desk, 'exports'>): Promise<readonly ExportTask[]> {
  const tasks = await Promise.all((await desk.exports.active()).map(desk.exports.find));
  return tasks
    .filter((task) => task?.state.status === 'open')
    .filter((task) => task !== undefined)
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
}

function triedToRecord({ id, instance, auditChannel }: ExportTask, body: { readonly user: { readonly id: string } }) {
  const of = { ...instance, auditChannel };
  return { by: body.user.id, attempt: 'record-export', about: id, instance: of, ...interactionOf(body) } as const;
}

function overRefusal({ state }: ExportTask): ExportRefusal | undefined {
  switch (state.status) {
    case 'done':
      return { reason: 'export-done', by: state.by, at: state.at };
    case 'missed':
      return { reason: 'export-missed', at: state.at };
    default:
      return undefined;
  }
}

function fieldOf({ reason }: ExportRefusal): string {
  switch (reason) {
    case 'file-size':
      return FIELD.exportSize;
    case 'checksum':
      return FIELD.exportChecksum;
    case 'taken-in-the-future':
      return FIELD.exportTakenAt;
    default:
      return FIELD.exportFile;
  }
}
