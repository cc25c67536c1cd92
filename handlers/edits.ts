import type { AllMiddlewareArgs, App, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { ACTION, FIELD, VIEW } from '../messages/action-ids.ts';
import { editForm } from '../messages/edit-form.ts';
import { refusalText } from '../messages/refusal.ts';
import { formGap } from '../messages/restore-form.ts';
import { trouble } from '../messages/trouble.ts';
import { editorRefusal, offeredFor } from '../src/restore/edit.ts';
import { instanceByName } from '../src/restore/policy.ts';
import type { Refusal } from '../src/restore/refusal.ts';
import type { Desk } from './desk.ts';
import { choicesOfBlocks, type FormFiller, snapshotField } from './form-filler.ts';
import { decisionOf, interactionOf, restoreIdOf } from './slack-input.ts';
import { onSubmission } from './submissions.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper, whisperRefusal } from './whisper.ts';

/** The requester changes an open request: the button opens what may be changed, the form asks everybody anew. */
export function registerEdits(app: App, desk: Desk, filler: FormFiller): void {
  app.action<BlockButtonAction>(ACTION.edit, (click) => openEditForm(desk, filler, click));
  onSubmission(app, VIEW.editForm, async ({ ack, body, view }) => {
    const fail = async (field: string, say: Say) => {
      const { text } = say(await desk.directory.readerOf(body.user.id));
      await ack({ response_action: 'errors', errors: { [field]: text } });
    };
    const shown = decisionOf(view.private_metadata);
    if (!shown) return fail(FIELD.start, (reader) => trouble('unreadable-form', reader));
    const loaded = await desk.coordinator.find(shown.id).catch((error: Error) => error);
    if (loaded instanceof Error) return fail(FIELD.start, (reader) => troubleWords(loaded, reader));
    if (!loaded) return fail(FIELD.start, (reader) => trouble('unknown-restore', reader));
    const { plan } = loaded.restore;
    const policy = instanceByName(desk.policy, plan.instance.auraId);
    const field = snapshotField(plan.instance.alias);
    if (!policy) return fail(field, (reader) => trouble('unknown-restore', reader));
    const { values, start } = choicesOfBlocks(view.state);
    const at = start.kind === 'at' ? start.at : undefined;
    if (start.kind === 'at' && !at) return fail(FIELD.startTime, (reader) => formGap('startTime', reader));
    const offered = offeredFor(plan, policy);
    const chosen = (all: readonly string[], blockId: string) =>
      values.boxes(blockId).flatMap((index) => all[Number(index)] ?? []);
    try {
      const snapshotId = values.choice(field) ?? plan.restorePoint.snapshotId;
      const [person, snapshot] = await Promise.all([
        desk.directory.readForDecision(body.user.id, { groups: [] }),
        desk.aura.snapshot(policy.auraId, snapshotId),
      ]);
      const applied = await desk.coordinator.edit(
        shown.id,
        {
          person,
          planHash: shown.planHash ?? '',
          snapshot,
          start: at ? { kind: 'at', at } : { kind: 'when-confirmed' },
          checks: chosen(offered.checks, FIELD.checks),
          noticeChannels: chosen(offered.noticeChannels, FIELD.noticeChannels),
          ...interactionOf(body),
        },
        policy,
      );
      if (applied.kind === 'unknown') return await fail(field, (reader) => trouble('unknown-restore', reader));
      if (applied.kind !== 'refused') return await ack();
      const { refusal, restore } = applied;
      await fail(fieldOf(refusal, field), (reader) => refusalText(refusal, { restore, reader }));
    } catch (error) {
      desk.log.error({ err: error, restoreId: shown.id }, 'change could not be accepted');
      await fail(field, (reader) => troubleWords(error, reader));
    }
  });
}

async function openEditForm(
  desk: Desk,
  filler: FormFiller,
  { ack, body, action, client }: SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs,
): Promise<void> {
  const id = restoreIdOf(action);
  const whispering = { client, person: body.user.id, channel: body.channel?.id };
  const loaded = id === undefined ? undefined : await desk.coordinator.find(id).catch((error: Error) => error);
  await ack();
  if (loaded instanceof Error) return whisper(desk, whispering, (reader) => troubleWords(loaded, reader));
  const policy = loaded && instanceByName(desk.policy, loaded.restore.plan.instance.auraId);
  if (!loaded || !policy) return whisper(desk, whispering, (reader) => trouble('unknown-restore', reader));
  const { restore, now } = loaded;
  const [person, reader] = await Promise.all([
    desk.directory.readForDecision(body.user.id, { groups: [] }),
    desk.directory.readerOf(body.user.id),
  ]);
  const refusal = editorRefusal(restore, person, now);
  if (refusal) {
    const tried = { by: person.id, attempt: 'edit', ...interactionOf(body) } as const;
    await desk.coordinator.recordRefusal(restore.id, tried, refusal);
    return whisperRefusal(desk, whispering, refusal, restore);
  }
  await client.views.open({
    trigger_id: body.trigger_id,
    view: editForm(restore, offeredFor(restore.plan, policy), now, reader),
  });
  await filler.snapshotsOf(policy);
}

function fieldOf(refusal: Refusal, snapshot: string): string {
  switch (refusal.reason) {
    case 'start-in-the-past':
    case 'start-too-soon':
    case 'start-not-allowed':
      return FIELD.start;
    default:
      return snapshot;
  }
}
