/** The people and places of a simulated workspace, and everything said in it. Plain data: a page can show it as it is. */
export interface SimUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly tz: string;
  /** The language this person uses Slack in, as Slack writes it. Absent: `en-GB`. */
  readonly locale?: string;
  readonly email?: string;
  /** What this person is in the story, for the page. */
  readonly role?: string;
  readonly isBot?: boolean;
  readonly isGuest?: boolean;
  readonly isDeleted?: boolean;
  readonly isStranger?: boolean;
  readonly teamId?: string;
}

export interface SimChannel {
  readonly id: string;
  readonly name: string;
  readonly isArchived?: boolean;
  readonly isPrivate?: boolean;
  readonly botIsMember: boolean;
  /** Set for a direct message with the bot. */
  readonly directWith?: string;
}

export interface SimGroup {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
  readonly isDisabled?: boolean;
}

export type Json = Record<string, unknown>;

export interface SimMessage {
  readonly ts: string;
  readonly channel: string;
  /** A user's id, or the bot's. */
  readonly user: string;
  text: string;
  blocks: readonly Json[];
  metadata?: Json;
  isEdited?: boolean;
  /** The message this one answers in a thread. */
  readonly threadTs?: string;
  /** A reply that stands in the channel as well. */
  readonly isAnnounced?: boolean;
  /** Only this person sees it. */
  readonly onlyFor?: string;
}

export interface SimView {
  readonly id: string;
  readonly user: string;
  /** The trigger of the act that opened it. Absent: a home, which nobody opens. */
  readonly openedBy?: string;
  hash: string;
  view: Json;
  /** What the person typed and chose, by block and action id, in Slack's own form. */
  readonly values: Record<string, Record<string, Json>>;
  errors: Readonly<Record<string, string>>;
}

export interface Workspace {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly users: SimUser[];
  readonly channels: SimChannel[];
  readonly groups: SimGroup[];
  readonly messages: SimMessage[];
  /** Open modals of each person, the visible one last. */
  readonly modals: Map<string, SimView[]>;
  readonly homes: Map<string, SimView>;
}

export function createWorkspace(seed: Pick<Workspace, 'team' | 'users' | 'channels' | 'groups'>): Workspace {
  return {
    team: seed.team,
    users: [...seed.users],
    channels: [...seed.channels],
    groups: [...seed.groups],
    messages: [],
    modals: new Map(),
    homes: new Map(),
  };
}
