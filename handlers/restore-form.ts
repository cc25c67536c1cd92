import type { AllMiddlewareArgs, App, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ACTION, DRY_RUN, FIELD, SHORTCUT, VIEW } from '../messages/action-ids.ts';
import { refusalText } from '../messages/refusal.ts';
import { withCard } from '../messages/replies.ts';
import { formGap } from '../messages/restore-form.ts';
import { snapshotOptions } from '../messages/snapshot-options.ts';
import { wordsFor } from '../messages/words/words.ts';
import { hasChoice } from '../src/restore/advice-for-request.ts';
import { approvabilityProblem } from '../src/restore/approvability.ts';
import { policyOfMethod } from '../src/restore/deciding-policy.ts';
import { type InstancePolicy, instanceByName } from '../src/restore/policy.ts';
import type { PersonRefusal, RequestRefusal } from '../src/restore/refusal.ts';
import { otherRestoreIn } from '../src/restore/refused-request.ts';
import { rulesNeeded } from '../src/restore/rules-needed.ts';
import { isUndoOf } from '../src/restore/undo.ts';
import { advisedInForm, advisedTo } from './advice-taken.ts';
import { lookUpAsked } from './asked-people.ts';
import type { Desk } from './desk.ts';
import { redrawEditForm } from './edits.ts';
import { fileField, isFromFile, readFile } from './file-chosen.ts';
import { type Choices, choicesIn, snapshotField } from './form-choices.ts';
import { type FormFiller, sizedOf } from './form-filler.ts';
import { freezesOf } from './freezes-chosen.ts';
import { pointsOf, readChosen } from './method-chosen.ts';
import { openRestoreForm } from './opening-restore-form.ts';
import { formValues, interactionOf, submissionOf } from './slack-input.ts';
import { atFields, onSubmission } from './submissions.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/** The form a restore is asked for with: opened at once, filled as Aura answers, redrawn at each choice, submitted. */
export function registerRestoreForm(app: App, desk: Desk, filler: FormFiller): void {
  app.shortcut(SHORTCUT, async ({ ack, shortcut, client }) => {
    await ack();
    await openRestoreForm(filler, client, shortcut.trigger_id, shortcut.user.id);
  });
  app.action(ACTION.openForm, async ({ ack, body, client }) => {
    await ack();
    if ('trigger_id' in body) await openRestoreForm(filler, client, body.trigger_id, body.user.id);
  });
  for (const id of [
    ACTION.chooseInstance,
    ACTION.chooseMethod,
    ACTION.chooseSource,
    ACTION.chooseCopied,
    ACTION.chooseSize,
    ACTION.chooseLife,
    ACTION.chooseSnapshot,
    ACTION.chooseFile,
    ACTION.chooseExported,
    ACTION.chooseSavedAt,
    ACTION.chooseReason,
    ACTION.chooseStart,
    ACTION.chooseStartTime,
    ACTION.chooseOverride,
    ACTION.chooseUrgent,
  ]) {
    app.action<BlockAction>(id, onChoice(filler));
  }
  app.options(ACTION.chooseSnapshot, async ({ ack, body, options }) => {
    const values = formValues('view' in body ? body.view?.state : undefined);
    const policy =
      policyOfBlock(desk, options.block_id) ?? instanceByName(desk.policy, values.choice(FIELD.instance) ?? '');
    const query = {
      now: new Date().toISOString(),
      query: options.value,
    };
    const reader = await desk.directory.readerOf(body.user.id);
    await ack(snapshotOptions(policy ? await filler.snapshotsOf(policy) : [], query, reader));
  });
  onSubmission(app, VIEW.restoreForm, async ({ ack, body, view, client }) => {
    const choices = choicesIn(desk, view);
    const { choice } = choices;
    const field = fieldOfMethod(choices);
    const fail = async (blockId: string, say: Say) => {
      const reader = await desk.directory.readerOf(body.user.id);
      await ack(atFields({ [blockId]: say(reader).text }, reader));
    };
    if (!choices.policy) return fail(FIELD.instance, (reader) => formGap('instance', reader));
    if (choice.method === 'overwrite' && !choice.source)
      return fail(field, (reader) => ({ text: wordsFor(reader).methods.missingSource }));
    if (pointsOf(choices.policy, choice) && !choices.snapshotId)
      return fail(field, (reader) => formGap('restorePoint', reader));
    if (!choices.reasonKind) return fail(FIELD.reasonKind, (reader) => formGap('reason', reader));
    if (choices.start.kind === 'at' && !choices.start.at)
      return fail(FIELD.startTime, (reader) => formGap('startTime', reader));
    const { policy, reasonKind } = choices;
    try {
      const submittedAt = await desk.now();
      const file = isFromFile(choice.method)
        ? await readFile(desk, { method: choice.method, alias: policy.alias, values: choices.values })
        : undefined;
      if (file?.kind === 'gap') {
        return await fail(file.field, (reader) => ({ text: file.words(wordsFor(reader)) }));
      }
      const freezeOverride = choices.wantsOverride ? await overrideOf(desk, policy, choices) : undefined;
      const deciding = policyOfMethod(policy, choice);
      const rules = rulesNeeded({ plan: freezeOverride ? { freezeOverride } : {}, terms: deciding });
      const [person, instance, chosen, read, undoes, seen] = await Promise.all([
        desk.directory.readForDecision(body.user.id, policy.requesters ?? { groups: [] }),
        desk.aura.instance(policy.auraId),
        file ? file.chosen : readChosen(desk, policy, { ...choice, snapshotId: choices.snapshotId }),
        desk.candidates.read(
          rules,
          (people) => !approvabilityProblem(rules, body.user.id, people, desk.policy.samePeople),
        ),
        undoneBy(desk, policy, choices),
        hasChoice({ ...choice, policy, undoes: choices.undoes }) ? filler.listSeen(policy) : undefined,
      ]);
      if (!chosen) return await fail(field, (reader) => formGap('restorePoint', reader));
      if ('unchecked' in read)
        desk.log.warn(
          { instance: policy.alias, ...read.unchecked },
          'nobody knows whether the request could be approved',
        );
      const [{ delegates, asked }, earlier] = await Promise.all([
        lookUpAsked(desk, policy, rules, body.user.id),
        desk.outlook.earlier(sizedOf(policy, instance), chosen.method),
      ]);
      const requested = await desk.coordinator.request(
        {
          person,
          instance,
          chosen,
          ...(earlier ? { earlier } : {}),
          ...read,
          isUrgent: choices.isUrgent ?? false,
          isDryRun: choices.values.boxes(FIELD.dryRun).includes(DRY_RUN),
          reason: { kind: reasonKind, text: choices.values.text(FIELD.reasonText) ?? '' },
          start:
            choices.start.kind === 'at' && choices.start.at
              ? { kind: 'at', at: choices.start.at }
              : { kind: 'when-confirmed' },
          ...optional('ticket', choices.values.text(FIELD.ticket)),
          ...optional('expectedImpact', choices.values.text(FIELD.expectedImpact)),
          ...(freezeOverride ? { freezeOverride } : {}),
          delegates,
          onCall: asked.onCall,
          ...(undoes ? { undoes } : {}),
          ...advisedTo(choices, policy, chosen, { list: seen, type: instance.type }),
          ...submissionOf(view),
          ...optional('press', interactionOf(body).interaction),
          submittedAt,
        },
        policy,
      );
      if (requested.kind === 'requested') return await ack();
      const { refusal } = requested;
      const other = otherRestoreIn(refusal);
      // The refusal is on record: what is only said beside it must not make it trouble.
      const link = other && (await desk.lists.linkTo(other).catch(() => undefined));
      if (refusal.reason === 'other-way-unexplained') {
        const asksWhy = advisedInForm(choices.values).field;
        await fail(asksWhy ?? `${FIELD.method}:${policy.alias}`, (reader) => refusalText(refusal, { reader }));
        return asksWhy ? undefined : await redraw(filler, client, { view, person: body.user.id });
      }
      await fail(fieldOf(refusal, field), (reader) => refusalText(refusal, { reader }));
      if (!link) return;
      await whisper(desk, { client, person: body.user.id }, (reader) => ({
        text: withCard(refusalText(refusal, { reader }).text, link, reader),
      }));
    } catch (error) {
      desk.log.error({ err: error, instance: policy.alias }, 'request could not be accepted');
      await fail(field, (reader) => troubleWords(error, reader));
    }
  });
}

function onChoice(filler: FormFiller) {
  return async ({ ack, body, client }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    await ack();
    const { view } = body;
    if (!view) return;
    if (view.callback_id === VIEW.editForm) return redrawEditForm(filler.desk, client, view, body.user.id);
    await redraw(filler, client, { view, person: body.user.id });
  };
}

/** Draws the form again as it was filled in. Never rejects: the person hears what is wrong. */
async function redraw(
  { fill, desk }: FormFiller,
  client: WebClient,
  {
    view,
    person,
  }: { readonly view: Parameters<typeof choicesIn>[1] & { readonly id: string }; readonly person: string },
): Promise<void> {
  await fill(client, { viewId: view.id, personId: person, choices: choicesIn(desk, view) }).catch((error: unknown) => {
    desk.log.error({ err: error }, 'form could not be filled');
    return whisper(desk, { client, person }, (reader) => troubleWords(error, reader));
  });
}

/** Where something about the method's own part of the form is said. */
function fieldOfMethod({ policy, choice, values }: ReturnType<typeof choicesIn>): string {
  const points = pointsOf(policy, choice);
  if (isFromFile(choice.method)) return fileField(choice.method, policy?.alias ?? '', values);
  return points ? snapshotField(points.alias) : `${FIELD.source}:${policy?.alias ?? ''}`;
}

/** The field at which a refusal is shown: where the person can do something about it. */
function fieldOf(refusal: PersonRefusal | RequestRefusal, snapshot: string): string {
  switch (refusal.reason) {
    case 'snapshot-not-usable':
    case 'snapshot-not-exportable':
    case 'source-is-target':
    case 'file-not-usable':
    case 'target-too-small':
    case 'not-on-this-tier':
    case 'new-instance-not-possible':
      return snapshot;
    case 'start-in-the-past':
    case 'start-too-soon':
    case 'start-not-allowed':
    case 'override-not-possible':
      return FIELD.start;
    case 'field-missing':
      return {
        reason: FIELD.reasonText,
        ticket: FIELD.ticket,
        'expected-impact': FIELD.expectedImpact,
        'override-reason': FIELD.overrideReason,
      }[refusal.field];
    case 'test-on-production':
    case 'undoes-nothing':
      return FIELD.reasonKind;
    default:
      return FIELD.instance;
  }
}

/** The override a person asked for: of the freezes that hold at the chosen start, which the plan then names. */
async function overrideOf(desk: Desk, policy: InstancePolicy, choices: ReturnType<typeof choicesIn>) {
  const { start, values, isUrgent = false } = choices;
  const freezes = freezesOf({ start, isUrgent }, policy, await desk.now());
  return freezes.length > 0 ? { freezes, reason: values.text(FIELD.overrideReason) ?? '' } : undefined;
}

/** The restore that is undone: only when what was chosen does undo it. */
async function undoneBy(
  desk: Desk,
  { auraId }: InstancePolicy,
  { undoes, snapshotId, choice: { method } }: Choices,
): Promise<string | undefined> {
  const loaded = undoes ? await desk.coordinator.find(undoes) : undefined;
  return loaded && isUndoOf(loaded.restore, { method, auraId, snapshotId }) ? undoes : undefined;
}

function policyOfBlock(desk: Desk, blockId: string): InstancePolicy | undefined {
  return instanceByName(desk.policy, blockId.split(':')[1] ?? '');
}

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return value ? ({ [key]: value } as { [key in K]: string }) : {};
}
