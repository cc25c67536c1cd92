import type { AllMiddlewareArgs, App, BlockAction, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ACTION, FIELD, OVERRIDE, VIEW } from '../messages/action-ids.ts';
import { type EditOffer, editForm } from '../messages/edit-form.ts';
import { refusalText } from '../messages/refusal.ts';
import { formGap } from '../messages/restore-form.ts';
import { trouble } from '../messages/trouble.ts';
import { approvabilityProblem } from '../src/restore/approvability.ts';
import { editorRefusal, noLongerRequester, offeredFor, rulesOfOverride, withOverrideOf } from '../src/restore/edit.ts';
import type { OverrideChange } from '../src/restore/event.ts';
import type { PersonId } from '../src/restore/names.ts';
import { snapshotIdOf, snapshotsOwner } from '../src/restore/plan.ts';
import { type InstancePolicy, instanceByName } from '../src/restore/policy.ts';
import type { Refusal } from '../src/restore/refusal.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { Desk } from './desk.ts';
import { choicesOfBlocks, snapshotField } from './form-choices.ts';
import type { FormFiller } from './form-filler.ts';
import { freezesOf } from './freezes-chosen.ts';
import { openForm, redrawForm } from './shown-form.ts';
import { decisionOf, type FormValues, interactionOf, restoreIdOf } from './slack-input.ts';
import { atFields, onSubmission } from './submissions.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper, whisperRefusal } from './whisper.ts';

/** The requester changes an open request: the button opens what may be changed, the form asks everybody anew. */
export function registerEdits(app: App, desk: Desk, filler: FormFiller): void {
  app.action<BlockButtonAction>(ACTION.edit, (click) => openEditForm(desk, filler, click));
  onSubmission(app, VIEW.editForm, async ({ ack, body, view }) => {
    const fail = async (field: string, say: Say) => {
      const reader = await desk.directory.readerOf(body.user.id);
      await ack(atFields({ [field]: say(reader).text }, reader));
    };
    const shown = decisionOf(view.private_metadata);
    if (!shown) return fail(FIELD.start, (reader) => trouble('unreadable-form', reader));
    const loaded = await desk.coordinator.find(shown.id).catch((error: Error) => error);
    if (loaded instanceof Error) return fail(FIELD.start, (reader) => troubleWords(loaded, reader));
    if (!loaded) return fail(FIELD.start, (reader) => trouble('unknown-restore', reader));
    const { plan, request, terms } = loaded.restore;
    const policy = instanceByName(desk.policy, plan.instance.auraId);
    const field = snapshotField(snapshotsOwner(plan).alias);
    if (!policy) return fail(field, (reader) => trouble('unknown-restore', reader));
    const { values, start } = choicesOfBlocks(view.state);
    const at = start.kind === 'at' ? start.at : undefined;
    if (start.kind === 'at' && !at) return fail(FIELD.startTime, (reader) => formGap('startTime', reader));
    const offered = offeredFor(plan, policy);
    const chosen = (all: readonly string[], blockId: string) =>
      values.boxes(blockId).flatMap((index) => all[Number(index)] ?? []);
    try {
      const snapshotId = values.choice(field) ?? snapshotIdOf(plan);
      const freezes = freezesOf({ start, isUrgent: request.urgent ?? false }, policy, loaded.now);
      const override = overrideChosen(values, freezes);
      const rules = rulesOfOverride(loaded.restore, override);
      const [[person], snapshot, read] = await Promise.all([
        readWithRequesters(desk, body.user.id, loaded.restore),
        snapshotId === undefined ? undefined : desk.aura.snapshot(snapshotsOwner(plan).auraId, snapshotId),
        desk.candidates.read(
          rules,
          (people) => !approvabilityProblem(rules, request.requestedBy, people, terms.samePeople),
        ),
      ]);
      if ('unchecked' in read)
        desk.log.warn({ restoreId: shown.id, ...read.unchecked }, 'nobody knows whether the change could be approved');
      const applied = await desk.coordinator.edit(
        shown.id,
        {
          person,
          planHash: shown.planHash ?? '',
          ...(snapshot ? { snapshot } : {}),
          start: at ? { kind: 'at', at } : { kind: 'when-confirmed' },
          checks: chosen(offered.checks, FIELD.checks),
          noticeChannels: chosen(offered.noticeChannels, FIELD.noticeChannels),
          ...override,
          ...read,
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

/** The person as those are read who ask, and who may by rules that were changed since. */
async function readWithRequesters(desk: Desk, id: PersonId, restore: Restore) {
  const requesters = await desk.coordinator.requestersSince(restore);
  return [await desk.directory.readForDecision(id, requesters ?? { groups: [] }), requesters] as const;
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
  const read = await Promise.all([
    readWithRequesters(desk, body.user.id, restore),
    desk.directory.readerOf(body.user.id),
  ]).catch((error: Error) => error);
  if (read instanceof Error) return whisper(desk, whispering, (reader) => troubleWords(read, reader));
  const [[person, requesters], reader] = read;
  const refusal = editorRefusal(restore, person, now) ?? noLongerRequester(restore, person, requesters);
  if (refusal) {
    const tried = { by: person.id, attempt: 'edit', ...interactionOf(body) } as const;
    await desk.coordinator.recordRefusal(restore.id, tried, refusal);
    return whisperRefusal(desk, whispering, refusal, restore);
  }
  try {
    await openForm(client, body.trigger_id, editForm(restore, offerOf(restore, policy), now, reader));
  } catch (error) {
    desk.log.error({ err: error, restoreId: id }, 'form could not be opened');
    return whisper(desk, whispering, (reader) => troubleWords(error, reader));
  }
  await filler.snapshotsOf(policy);
}

/** Draws the form again for the chosen start, which may lie in a freeze; what is chosen elsewhere in it stays. */
export async function redrawEditForm(
  desk: Desk,
  client: WebClient,
  view: NonNullable<BlockAction['view']>,
  personId: string,
): Promise<void> {
  const { id } = decisionOf(view.private_metadata) ?? {};
  try {
    const [loaded, reader] = await Promise.all([
      id ? desk.coordinator.find(id) : undefined,
      desk.directory.readerOf(personId),
    ]);
    const policy = loaded && instanceByName(desk.policy, loaded.restore.plan.instance.auraId);
    if (!loaded || !policy) return;
    const { values, start } = choicesOfBlocks(view.state);
    const wantsOverride = values.has(FIELD.override)
      ? values.choice(FIELD.override) === OVERRIDE.yes
      : loaded.restore.plan.freezeOverride !== undefined;
    const offer = { ...offerOf(loaded.restore, policy), chosen: { start, wantsOverride } };
    const drawn = editForm(loaded.restore, offer, loaded.now, reader);
    // The form stays about the plan that was shown first: an edit of another one is refused when it is sent.
    await redrawForm(client, view.id, { ...drawn, private_metadata: view.private_metadata });
  } catch (error) {
    desk.log.error({ err: error, restoreId: id }, 'form of a change could not be drawn again');
    await whisper(desk, { client, person: personId }, (reader) => troubleWords(error, reader));
  }
}

function offerOf(restore: Restore, policy: InstancePolicy): EditOffer {
  return { ...offeredFor(restore.plan, policy), policy: withOverrideOf(restore, policy) };
}

/** A form without the question leaves the plan's override as it is, unless the start is in no freeze any more. */
function overrideChosen(values: FormValues, freezes: readonly string[]): OverrideChange {
  if (freezes.length === 0) return { freezeOverride: 'none' };
  if (!values.has(FIELD.override)) return {};
  if (values.choice(FIELD.override) !== OVERRIDE.yes) return { freezeOverride: 'none' };
  return { freezeOverride: { freezes, reason: values.text(FIELD.overrideReason) ?? '' } };
}

function fieldOf(refusal: Refusal, snapshot: string): string {
  switch (refusal.reason) {
    case 'start-in-the-past':
    case 'start-too-soon':
    case 'start-not-allowed':
    case 'override-not-possible':
    case 'cannot-be-approved':
      return FIELD.start;
    case 'field-missing':
      return refusal.field === 'override-reason' ? FIELD.overrideReason : snapshot;
    default:
      return snapshot;
  }
}
