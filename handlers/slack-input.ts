import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A button of a card: it carries the restore's id and nothing else. */
const buttonAction = z.object({ value: z.string().regex(/^R-\d+$/) });

/** The restore id of a clicked button; undefined for a button that is not ours or too old to be read. */
export function restoreIdOf(action: unknown): string | undefined {
  return buttonAction.safeParse(action).data?.value;
}

const shadowAction = z.object({ value: z.string().regex(/^X-\d+$/) });

/** The id of the shadow restore that a clicked button is about; undefined when it cannot be read. */
export function shadowIdOf(action: unknown): string | undefined {
  return shadowAction.safeParse(action).data?.value;
}

const exportAction = z.object({ value: z.string().regex(/^E-\d+$/) });

/** The id of the export that a clicked button is about; undefined when it cannot be read. */
export function exportIdOf(action: unknown): string | undefined {
  return exportAction.safeParse(action).data?.value;
}

const proposalAction = z.object({ value: z.string().regex(/^[0-9a-f]{64}$/) });

/** The hash of the proposal that a clicked button is about; undefined when it cannot be read. */
export function proposalHashOf(action: unknown): string | undefined {
  return proposalAction.safeParse(action).data?.value;
}

const withTrigger = z.object({ trigger_id: z.string().min(1) });

/**
 * Names one click or submission: Slack gives each a trigger id, which stays the same when it is delivered again. Hashed,
 * because a trigger opens views as long as it is fresh.
 */
export function interactionOf(body: unknown): { readonly interaction?: string } {
  const trigger = withTrigger.safeParse(body).data?.trigger_id;
  return trigger ? { interaction: shortHash(trigger) } : {};
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

const sentView = z.object({ id: z.string().min(1), state: z.unknown() });

/**
 * Names what a form was sent with, for a form of which at most one thing comes: the same again is that Slack delivers it
 * twice, or that its sender, told of trouble after three seconds, presses the button of the form that still stands there.
 */
export function submissionOf(view: unknown): { readonly interaction?: string } {
  const sent = sentView.safeParse(view).data;
  return sent ? { interaction: shortHash(JSON.stringify([sent.id, sent.state])) } : {};
}

const option = z.object({ value: z.string() }).nullish();

/** The values of one input element, as far as any of the bot's forms use them. */
const element = z.object({
  value: z.string().nullish(),
  selected_option: option,
  selected_date_time: z.number().nullish(),
  selected_user: z.string().nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});

const viewState = z.object({ values: z.record(z.string(), z.record(z.string(), element)) });

/** What stands in a form, by block id: text, the chosen option's value, a chosen person, or a chosen time in Unix seconds. */
export interface FormValues {
  /** True when the form has this block, filled in or not. */
  has(blockId: string): boolean;
  /** What follows this beginning in the id of the first block that has it. */
  suffixOf(blockIdStart: string): string | undefined;
  text(blockId: string): string | undefined;
  choice(blockId: string): string | undefined;
  time(blockId: string): number | undefined;
  /** The id of the chosen person. */
  user(blockId: string): string | undefined;
  /** The checked boxes of all blocks whose id begins so. */
  boxes(blockIdStart: string): readonly string[];
}

/** Reads a view's state. A form that cannot be read is read as empty: every field then says what it needs. */
export function formValues(state: unknown): FormValues {
  const values = viewState.safeParse(state).data?.values ?? {};
  const first = (blockId: string) => Object.values(values[blockId] ?? {})[0];
  return {
    has: (blockId) => blockId in values,
    suffixOf: (start) =>
      Object.keys(values)
        .find((blockId) => blockId.startsWith(start))
        ?.slice(start.length),
    text: (blockId) => first(blockId)?.value?.trim() || undefined,
    choice: (blockId) => first(blockId)?.selected_option?.value ?? undefined,
    boxes: (start) =>
      Object.keys(values)
        .filter((blockId) => blockId.startsWith(start))
        .flatMap((blockId) => first(blockId)?.selected_options?.map(({ value }) => value) ?? []),
    user: (blockId) => first(blockId)?.selected_user ?? undefined,
    time: (blockId) => first(blockId)?.selected_date_time ?? undefined,
  };
}

const decisionMetadata = z.object({ id: z.string(), planHash: z.string().optional(), round: z.number().optional() });

/** What a decision form remembers of the card it was opened from. Checked again against the record. */
export function decisionOf(privateMetadata: string): z.infer<typeof decisionMetadata> | undefined {
  return rememberedAs(decisionMetadata, privateMetadata);
}

const exportMetadata = z.object({ id: z.string() });

/** The id of the export that a form is about. */
export function exportOf(privateMetadata: string): string | undefined {
  return rememberedAs(exportMetadata, privateMetadata)?.id;
}

const clickedIn = z.object({ user: z.object({ id: z.string() }), channel: z.object({ id: z.string() }) });

/** Where a button of a head message was clicked: its channel, or the person themselves in a direct message with the bot. */
export function placeOf(body: unknown): string | undefined {
  const clicked = clickedIn.safeParse(body).data;
  return clicked && (clicked.channel.id.startsWith('D') ? clicked.user.id : clicked.channel.id);
}

const objectionMetadata = z.object({ id: z.string(), place: z.string().optional() });
const answerMetadata = z.object({ id: z.string(), upTo: z.number() });

/** What the form of an objection remembers of the head message it was opened from. */
export function objectionOf(privateMetadata: string): z.infer<typeof objectionMetadata> | undefined {
  return rememberedAs(objectionMetadata, privateMetadata);
}

/** Which objections the form of an answer showed. */
export function answerOf(privateMetadata: string): z.infer<typeof answerMetadata> | undefined {
  return rememberedAs(answerMetadata, privateMetadata);
}

function rememberedAs<T>(schema: z.ZodType<T>, privateMetadata: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(privateMetadata)).data;
  } catch {
    return undefined;
  }
}
