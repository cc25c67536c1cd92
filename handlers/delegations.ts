import type { App, BlockButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ACTION, FIELD, VIEW } from '../messages/action-ids.ts';
import { delegatedWords, delegationForm } from '../messages/delegation-form.ts';
import { refusalText } from '../messages/refusal.ts';
import { trouble } from '../messages/trouble.ts';
import { wordsFor } from '../messages/words/words.ts';
import { SaveUnclearError } from '../src/coordinator.ts';
import { instantOf } from '../src/restore/instant.ts';
import type { Reader } from '../src/restore/language.ts';
import type { Instant, PersonId } from '../src/restore/names.ts';
import { isNamedBy } from '../src/restore/person.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { namedByAny } from '../src/restore/rules-needed.ts';
import type { PeopleRule } from '../src/restore/terms.ts';
import type { Desk } from './desk.ts';
import { homeOf } from './home.ts';
import { openForm, redrawForm } from './shown-form.ts';
import { formValues, interactionOf, submissionOf } from './slack-input.ts';
import { atFields, onSubmission } from './submissions.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/** An approver hands their place to somebody else for a time, sees what they handed over, and takes it back. */
export function registerDelegations(app: App, desk: Desk): void {
  onSubmission(app, VIEW.delegationForm, async ({ ack, body, view, client }) => {
    const reader = await desk.directory.readerOf(body.user.id);
    const { delegation } = wordsFor(reader);
    const fail = (field: string, text: string) => ack(atFields({ [field]: text }, reader));
    const values = formValues(view.state);
    const to = values.user(FIELD.delegate);
    const from = values.time(FIELD.delegationStart);
    const until = values.time(FIELD.delegationEnd);
    if (!to) return fail(FIELD.delegate, delegation.choosePerson);
    if (from === undefined) return fail(FIELD.delegationStart, delegation.chooseStart);
    if (until === undefined) return fail(FIELD.delegationEnd, delegation.chooseEnd);
    try {
      const rules = rulesWithDelegation(desk.policy.instances);
      const [delegator, delegate] = await Promise.all([
        desk.directory.readForDecision(body.user.id, namedByAny(rules)),
        desk.directory.readForDecision(to, { groups: [] }),
      ]);
      const made = await desk.delegations.delegate(
        {
          delegator,
          delegate,
          startsAt: instantOf(from * 1000),
          endsAt: instantOf(until * 1000),
          ...submissionOf(view),
        },
        rules.some((rule) => isNamedBy(rule, delegator)),
      );
      if (made.kind === 'unknown') return await fail(FIELD.delegate, trouble('unexpected', reader).text);
      if (made.kind === 'refused') {
        const tried = { by: body.user.id, attempt: 'delegate', ...interactionOf(body) } as const;
        await desk.coordinator.recordRefusedRequest(tried, made.refusal);
        return await fail(fieldOf(made.refusal.reason), refusalText(made.refusal, { reader }).text);
      }
      await ack();
      const now = await desk.now();
      await whisper(desk, { client, person: body.user.id }, () => delegatedWords(made.delegation, now, reader));
    } catch (error) {
      desk.log.error({ err: error }, 'delegation could not be recorded');
      await fail(FIELD.delegate, delegationTrouble(error, reader).text);
    }
  });

  app.action<BlockButtonAction>(ACTION.endDelegation, async ({ ack, body, action, client }) => {
    const person = body.user.id;
    const tell = (say: Say) => whisper(desk, { client, person }, say);
    try {
      const facts = await desk.directory.readForDecision(person, { groups: [] });
      const id = action.value ?? '';
      const ended = await desk.delegations.revoke(id, facts);
      if (ended.kind === 'refused') {
        const tried = { by: person, attempt: 'end-delegation', about: id, ...interactionOf(body) } as const;
        await desk.coordinator.recordRefusedRequest(tried, ended.refusal);
      }
      await ack();
      if (ended.kind === 'unknown') return await tell((reader) => trouble('old-button', reader));
      if (ended.kind === 'refused') await tell((reader) => refusalText(ended.refusal, { reader }));
    } catch (error) {
      desk.log.error({ err: error }, 'delegation could not be ended');
      await ack();
      return await tell((reader) => delegationTrouble(error, reader));
    }
    try {
      const { view } = body;
      if (view?.type === 'home') await client.views.publish({ user_id: person, view: await homeOf(desk, person) });
      else if (view) await redrawForm(client, view.id, await formFor(desk, person));
    } catch (error) {
      // What was ended is ended, whatever stands on the page: its people are told of it.
      desk.log.warn({ err: error }, 'the page of a delegation that was ended could not be drawn anew');
    }
  });
}

/** Opens the form; `typed` may name a person and an end: `@person until 2026-12-01 08:00`, in UTC. */
export async function openDelegationForm(
  desk: Desk,
  client: WebClient,
  command: { readonly trigger_id: string; readonly user_id: string },
  typed: string,
): Promise<void> {
  const [, to] = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(typed) ?? [];
  const [, day, time] = /until\s+(\d{4}-\d{2}-\d{2})(?:[T\s]+(\d{2}:\d{2}))?/.exec(typed) ?? [];
  const until = Date.parse(`${day}T${time ?? '23:59'}:00.000Z`);
  const view = await formFor(desk, command.user_id, { to, until: Number.isNaN(until) ? undefined : instantOf(until) });
  await openForm(client, command.trigger_id, view);
}

async function formFor(
  desk: Desk,
  person: PersonId,
  typed: { readonly to?: PersonId | undefined; readonly until?: Instant | undefined } = {},
) {
  const [now, delegations, reader] = await Promise.all([
    desk.now(),
    desk.delegations.of(person),
    desk.directory.readerOf(person),
  ]);
  return delegationForm({ person, now, delegations, ...typed }, reader);
}

/** Whoever one of these names has a place that they may hand over. */
function rulesWithDelegation(instances: readonly InstancePolicy[]): readonly PeopleRule[] {
  return instances
    .filter(({ delegation }) => delegation !== 'forbidden')
    .flatMap(({ approval, overrideApprovers }) => [
      ...approval.rules,
      ...(overrideApprovers ? [overrideApprovers] : []),
    ]);
}

/** Where it shows what became of a delegation is another place than for a restore. */
function delegationTrouble(error: unknown, reader: Reader): { readonly text: string } {
  return error instanceof SaveUnclearError ? trouble('delegation-unclear', reader) : troubleWords(error, reader);
}

function fieldOf(reason: string): string {
  if (reason === 'delegation-in-the-past') return FIELD.delegationStart;
  return reason === 'delegation-ends-too-soon' || reason === 'delegation-too-long'
    ? FIELD.delegationEnd
    : FIELD.delegate;
}
