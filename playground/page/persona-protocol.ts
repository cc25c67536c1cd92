import { z } from 'zod';
import type { Json, SimChannel, SimMessage, SimUser } from '../slack/workspace.ts';

/** What the page may ask a person to do. */
export const personaAct = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('say'),
    channel: z.string(),
    text: z.string().max(3000),
    threadTs: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('shortcut'), callbackId: z.string() }),
  z.object({ type: z.literal('open-home') }),
  z.object({
    type: z.literal('click'),
    place: z.union([
      z.object({ channel: z.string(), ts: z.string() }),
      z.object({ modal: z.literal(true) }),
      z.object({ home: z.literal(true) }),
    ]),
    actionId: z.string(),
  }),
  z.object({
    type: z.literal('choose'),
    actionId: z.string(),
    value: z.union([z.string(), z.number()]),
    blockId: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('type'), blockId: z.string(), text: z.string() }),
  z.object({ type: z.literal('suggest'), actionId: z.string(), query: z.string() }),
  z.object({ type: z.literal('submit') }),
  z.object({ type: z.literal('close-modal') }),
]);
export type PersonaAct = z.infer<typeof personaAct>;

/** Everything one person sees. */
export interface PersonaView {
  readonly me: SimUser;
  /** The playground's time, which may be ahead of the machine's. */
  readonly nowMs: number;
  readonly users: readonly SimUser[];
  readonly channels: readonly SimChannel[];
  readonly groups: readonly { readonly id: string; readonly handle: string }[];
  readonly messages: readonly SimMessage[];
  readonly modal?: {
    readonly id: string;
    readonly hash: string;
    readonly view: Json;
    readonly values: Json;
    readonly errors: Readonly<Record<string, string>>;
  };
  readonly home?: Json;
}
