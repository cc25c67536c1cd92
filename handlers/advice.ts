import type { AllMiddlewareArgs, App, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ACTION, FIELD, NEED, VIEW } from '../messages/action-ids.ts';
import { type AdviceFormModel, adviceForm } from '../messages/advice-form.ts';
import { openingForm } from '../messages/restore-form.ts';
import { wordsFor } from '../messages/words/words.ts';
import { adviseMethod, type Case, DATA_PLACES, type SnapshotsRead, snapshotsSeen } from '../src/restore/advice.ts';
import { methodsOf, methodsOn } from '../src/restore/chosen-method.ts';
import { bytesOfSize } from '../src/restore/gigabytes.ts';
import { instantOf } from '../src/restore/instant.ts';
import type { Method } from '../src/restore/plan.ts';
import { type InstancePolicy, instanceByName } from '../src/restore/policy.ts';
import { usability } from '../src/restore/snapshot.ts';
import type { Desk } from './desk.ts';
import { type FormFiller, sizedOf } from './form-filler.ts';
import { openForm, redrawForm } from './shown-form.ts';
import { type FormValues, formValues } from './slack-input.ts';
import { atFields, onSubmission } from './submissions.ts';
import { auraSaid, troubleWords } from './trouble-words.ts';
import { whisper } from './whisper.ts';

const WHEN_CONFIRMED = { kind: 'when-confirmed' } as const;

/** `/restore advise`: which method fits, drawn again with each answer, and the way from there to the request. */
export function registerAdvice(app: App, filler: FormFiller): void {
  for (const id of [ACTION.adviceWhere, ACTION.adviceAt, ACTION.adviceNeeds, ACTION.adviceSize]) {
    app.action<BlockAction>(id, async ({ ack, body, client }: Chosen) => {
      await ack();
      const { desk } = filler;
      const { view } = body;
      const person = body.user.id;
      const policy = instanceByName(desk.policy, view?.private_metadata ?? '');
      if (!view || !policy) return;
      await draw(desk, client, { viewId: view.id, person, policy }, view.state).catch((error: unknown) => {
        desk.log.error({ err: error }, 'advice could not be drawn');
        return whisper(desk, { client, person }, (told) => troubleWords(error, told));
      });
    });
  }
  onSubmission(app, VIEW.adviceForm, async ({ ack, body, view, client }) => {
    const { desk } = filler;
    const policy = instanceByName(desk.policy, view.private_metadata);
    const reader = await desk.directory.readerOf(body.user.id);
    const fail = (text: string) => ack(atFields({ [FIELD.adviceNeeds]: text }, reader));
    let look: Look | undefined;
    try {
      look = policy && (await lookAt(desk, policy));
    } catch (error) {
      desk.log.error({ err: error }, 'advice could not be given');
      return fail(troubleWords(error, reader).text);
    }
    const advised = policy && adviseMethod(caseOf(policy, formValues(view.state), look));
    const { method, reasons = [] } = advised ?? {};
    if (!policy || !method) {
      const words = wordsFor(reader);
      return fail(advised?.forbidden.length === 0 ? words.advice.nothingKeepsShort : words.advice.noneAllowed);
    }
    await ack({ response_action: 'update', view: openingForm(reader) });
    const choices = {
      start: WHEN_CONFIRMED,
      policy,
      choice: { method, isLive: false },
      advised: { alias: policy.alias, method, reasons },
    };
    const form = { viewId: view.id, personId: body.user.id, choices };
    await filler.fill(client, form).catch((error: unknown) => {
      desk.log.error({ err: error }, 'form could not be filled');
      return whisper(desk, { client, person: body.user.id }, (told) => troubleWords(error, told));
    });
  });
}

/** Opens the questions for an instance, with what can be said before any is answered. Rejects when the store cannot be reached. */
export async function openAdviceForm(
  desk: Desk,
  client: WebClient,
  {
    triggerId,
    person,
    policy,
  }: { readonly triggerId: string; readonly person: string; readonly policy: InstancePolicy },
): Promise<void> {
  // With the store away nothing can be asked of Aura: that is said instead of opening a form that cannot be filled.
  const [reader] = await Promise.all([desk.directory.readerOf(person), desk.now()]);
  // The trigger is good for three seconds: open something first, then look.
  const viewId = await openForm(client, triggerId, adviceForm({ policy }, reader));
  if (viewId) await draw(desk, client, { viewId, person, policy }, undefined);
}

async function draw(
  desk: Desk,
  client: WebClient,
  { viewId, person, policy }: { readonly viewId: string; readonly person: string; readonly policy: InstancePolicy },
  state: unknown,
): Promise<void> {
  const [reader, look] = await Promise.all([desk.directory.readerOf(person), lookAt(desk, policy)]);
  const values = formValues(state);
  const one = caseOf(policy, values, look);
  const earlier = look && (await earlierOf(desk, policy, look, adviseMethod(one).method));
  const model: AdviceFormModel = {
    policy,
    ...(look ? { look } : {}),
    case: one,
    ...(earlier ? { earlier } : {}),
  };
  await redrawForm(client, viewId, adviceForm(model, reader));
}

type Look = Awaited<ReturnType<typeof lookAt>>;

/** What Aura says, or nothing when it does not answer: then the advice says so. What is not of Aura is not silenced. */
async function lookAt(desk: Desk, policy: InstancePolicy) {
  try {
    const { status, memory, type } = await desk.aura.instance(policy.auraId);
    const { snapshots, daysRead, daysKept } = await desk.aura.snapshots(policy, type);
    const usable = snapshots.filter((snapshot) => usability(snapshot).usable);
    const times = usable.map(({ takenAt }) => takenAt).sort();
    const read = { usable: usable.length, newest: times.at(-1), oldest: times[0], daysRead, daysKept };
    return { status, memory, type, ...read };
  } catch (error) {
    if (!auraSaid(error)) throw error;
    desk.log.warn({ err: error, instance: policy.alias }, 'Aura could not be asked for advice');
    return undefined;
  }
}

async function earlierOf(
  desk: Desk,
  policy: InstancePolicy,
  { type, memory }: { readonly type?: string | undefined; readonly memory?: string | undefined },
  method: Method | undefined,
) {
  const sized = sizedOf(policy, { ...(type ? { type } : {}), ...(memory ? { memory } : {}) });
  return method && desk.outlook.earlier(sized, method);
}

function caseOf(
  policy: InstancePolicy,
  values: FormValues,
  look: (SnapshotsRead & { readonly type?: string | undefined }) | undefined,
): Case {
  const dataIsIn = DATA_PLACES.find((place) => place === values.choice(FIELD.adviceWhere));
  const seconds = values.time(FIELD.adviceAt);
  const needs = values.boxes(FIELD.adviceNeeds);
  const fileBytes = bytesOfSize(`${values.text(FIELD.adviceSize) ?? ''}GB`);
  return {
    environment: policy.environment,
    allowed: methodsOn(look?.type, methodsOf(policy)),
    snapshot: snapshotsSeen(look, seconds === undefined ? undefined : instantOf(seconds * 1000)),
    keepsPresent: needs.includes(NEED.keepsPresent),
    isForCompliance: needs.includes(NEED.compliance),
    isAutomated: needs.includes(NEED.automated),
    ...(dataIsIn ? { dataIsIn } : {}),
    ...(policy.consoleFileBytes === undefined ? {} : { consoleFileBytes: policy.consoleFileBytes }),
    ...(fileBytes === undefined ? {} : { fileBytes }),
  };
}

type Chosen = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
