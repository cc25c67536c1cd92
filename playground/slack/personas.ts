import { isJson, validateOptionGroups } from './block-kit-rules.ts';
import type { Delivered, Delivery } from './delivery.ts';
import { chosenValue, elementsOf, emptyFields, toggled, valuesOf } from './form-values.ts';
import { updateView } from './methods/views.ts';
import { PersonaError } from './persona-error.ts';
import type { Triggers } from './triggers.ts';
import type { SimApp } from './web-api.ts';
import type { Json, SimView, Workspace } from './workspace.ts';

/** Where an element stands: in a message, in the person's open modal, or in their home. */
export type Place =
  | { readonly channel: string; readonly ts: string }
  | { readonly modal: true }
  | { readonly home: true };

/** The acts of a person, delivered to the app as Slack would. */
export interface Persona {
  readonly id: string;
  slash(command: string, text: string, channel: string): Promise<Delivered>;
  shortcut(callbackId: string): Promise<Delivered>;
  openHome(): Promise<Delivered>;
  /** Clicks a button that is there. `stale` clicks one that was there: an old message in somebody's open window. */
  click(place: Place, actionId: string, options?: { readonly stale?: Json }): Promise<Delivered>;
  /** Chooses an option of a menu or radio group, ticks or unticks a box, chooses a person by id, or sets a time in Unix seconds of a date-time picker. */
  /** `blockId` says which, where several elements share an action id. */
  choose(actionId: string, value: string | number, blockId?: string): Promise<Delivered | undefined>;
  /** Types into the field of a block. Nothing is delivered until the form is submitted. */
  type(blockId: string, text: string): void;
  /** Opens a menu that loads its choices. */
  suggestions(actionId: string, query: string): Promise<readonly Json[]>;
  /** Sends the open modal: it closes, or shows errors at its fields. */
  submit(): Promise<Delivered>;
  closeModal(): void;
  /** Says something in a channel, or in the thread of a message there. */
  say(channel: string, text: string, threadTs?: string): void;
  modal(): SimView | undefined;
  /** The trigger of this person's latest act: what opens or is said because of it can be told by that. */
  lastTrigger(): string | undefined;
}

export function createPersona(
  id: string,
  parts: {
    readonly workspace: Workspace;
    readonly app: SimApp;
    readonly delivery: Delivery;
    readonly triggers: Triggers;
    readonly responseUrl: (user: string, channel: string) => string;
    readonly nextTs: () => string;
    readonly onChange: () => void;
  },
): Persona {
  const { workspace, app, delivery } = parts;
  const { team } = workspace;
  let lastTrigger: string | undefined;
  const triggers = {
    give(): string {
      lastTrigger = parts.triggers.give(id);
      return lastTrigger;
    },
  };

  function user() {
    const found = workspace.users.find((candidate) => candidate.id === id);
    if (!found) throw new PersonaError(`nobody is called ${id}`);
    return found;
  }

  function common(): Json {
    const { name, teamId } = user();
    return {
      team: { id: team.id, domain: team.domain },
      user: { id, username: name, name, team_id: teamId ?? team.id },
      api_app_id: app.appId,
      token: 'simulated',
      is_enterprise_install: false,
      enterprise: null,
    };
  }

  const stack = () => workspace.modals.get(id) ?? [];
  const top = () => stack().at(-1);

  function openModal(): SimView {
    const view = top();
    if (!view) throw new PersonaError(`${id} has no form open`);
    return view;
  }

  function viewPayload(view: SimView): Json {
    return {
      ...view.view,
      id: view.id,
      team_id: team.id,
      hash: view.hash,
      root_view_id: view.id,
      previous_view_id: null,
      app_id: app.appId,
      bot_id: app.botId,
      state: { values: valuesOf(view) },
    };
  }

  async function deliverAction(place: Place, action: Json): Promise<Delivered> {
    const payload: Json = {
      type: 'block_actions',
      ...common(),
      trigger_id: triggers.give(),
      actions: [{ ...action, action_ts: parts.nextTs() }],
    };
    if ('channel' in place) {
      const message = workspace.messages.find(({ ts, channel }) => ts === place.ts && channel === place.channel);
      if (!message || (message.onlyFor && message.onlyFor !== id)) throw new PersonaError('there is no such message');
      Object.assign(payload, {
        container: {
          type: 'message',
          message_ts: place.ts,
          channel_id: place.channel,
          is_ephemeral: message.onlyFor !== undefined,
        },
        channel: { id: place.channel, name: workspace.channels.find((channel) => channel.id === place.channel)?.name },
        message: {
          type: 'message',
          ts: message.ts,
          text: message.text,
          user: message.user,
          bot_id: app.botId,
          blocks: message.blocks,
        },
        state: { values: {} },
        response_url: parts.responseUrl(id, place.channel),
      });
    } else {
      const view = 'modal' in place ? openModal() : workspace.homes.get(id);
      if (!view) throw new PersonaError('nothing is open there');
      Object.assign(payload, { container: { type: 'view', view_id: view.id }, view: viewPayload(view) });
    }
    return delivery.deliver('interactive', payload);
  }

  function elementsAt(place: Place): readonly { readonly block: Json; readonly element: Json }[] {
    if ('channel' in place) {
      return elementsOf(
        workspace.messages.find(({ ts, channel }) => ts === place.ts && channel === place.channel)?.blocks,
      );
    }
    return elementsOf('modal' in place ? openModal().view.blocks : workspace.homes.get(id)?.view.blocks);
  }

  function find(place: Place, actionId: string, blockId?: string) {
    const found = elementsAt(place).find(
      ({ block, element }) => element.action_id === actionId && (blockId === undefined || block.block_id === blockId),
    );
    if (!found) throw new PersonaError(`there is no ${actionId} for ${id} to use`);
    return found;
  }

  async function loadOptions(actionId: string, query: string): Promise<readonly Json[]> {
    const view = openModal();
    const { block } = find({ modal: true }, actionId);
    const { answer } = await delivery.deliver('interactive', {
      type: 'block_suggestion',
      ...common(),
      container: { type: 'view', view_id: view.id },
      view: viewPayload(view),
      action_id: actionId,
      block_id: block.block_id,
      value: query,
    });
    const groups = Array.isArray(answer.option_groups) ? answer.option_groups : [];
    const broken = validateOptionGroups(groups);
    if (broken.length > 0)
      throw new PersonaError(`the menu breaks a rule: ${broken[0]?.pointer} ${broken[0]?.message}`);
    return groups.filter(isJson);
  }

  return {
    id,
    slash(command, text, channel) {
      const { name, teamId } = user();
      return delivery.deliver('slash_commands', {
        token: 'simulated',
        team_id: teamId ?? team.id,
        team_domain: team.domain,
        channel_id: channel,
        channel_name: workspace.channels.find((candidate) => candidate.id === channel)?.name ?? '',
        user_id: id,
        user_name: name,
        command,
        text,
        api_app_id: app.appId,
        is_enterprise_install: 'false',
        response_url: parts.responseUrl(id, channel),
        trigger_id: triggers.give(),
      });
    },
    shortcut: (callbackId) =>
      delivery.deliver('interactive', {
        type: 'shortcut',
        callback_id: callbackId,
        ...common(),
        action_ts: parts.nextTs(),
        trigger_id: triggers.give(),
      }),
    openHome: () =>
      delivery.deliver('events_api', {
        token: 'simulated',
        team_id: team.id,
        api_app_id: app.appId,
        type: 'event_callback',
        event_id: `Ev${parts.nextTs()}`,
        event_time: Math.floor(Date.now() / 1000),
        authorizations: [
          { enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false },
        ],
        event: { type: 'app_home_opened', user: id, channel: `D${id.slice(1)}`, tab: 'home', event_ts: parts.nextTs() },
      }),
    async click(place, actionId, options) {
      if (options?.stale) return deliverAction(place, { block_id: 'stale', ...options.stale });
      const { block, element } = find(place, actionId);
      return deliverAction(place, {
        type: 'button',
        action_id: actionId,
        block_id: block.block_id ?? 'b',
        text: element.text,
        ...(element.value === undefined ? {} : { value: element.value }),
      });
    },
    async choose(actionId, value, inBlock) {
      const view = openModal();
      const { block, element } = find({ modal: true }, actionId, inBlock);
      const blockId = String(block.block_id);
      const chosen =
        element.type === 'checkboxes'
          ? { selected_options: toggled(element, view.values[blockId]?.[actionId], value) }
          : await chosenValue(element, value, loadOptions);
      const state = { type: element.type, ...chosen };
      view.values[blockId] = { [actionId]: state };
      parts.onChange();
      if (block.dispatch_action !== true && block.type === 'input') return undefined;
      return deliverAction({ modal: true }, { ...state, action_id: actionId, block_id: blockId });
    },
    type(blockId, text) {
      const view = openModal();
      const found = elementsAt({ modal: true }).find(({ block }) => block.block_id === blockId);
      if (!found) throw new PersonaError(`there is no field ${blockId}`);
      view.values[blockId] = {
        [String(found.element.action_id)]: { type: 'plain_text_input', value: text === '' ? null : text },
      };
      parts.onChange();
    },
    suggestions: loadOptions,
    async submit() {
      const view = openModal();
      const missing = emptyFields(view);
      if (missing.length > 0) {
        view.errors = Object.fromEntries(missing.map((blockId) => [blockId, 'Please complete this required field.']));
        parts.onChange();
        return { isAcknowledged: true, answer: { response_action: 'errors', errors: view.errors } };
      }
      const delivered = await delivery.deliver('interactive', {
        type: 'view_submission',
        ...common(),
        trigger_id: triggers.give(),
        view: viewPayload(view),
        response_urls: [],
      });
      const { answer } = delivered;
      if (!delivered.isAcknowledged) view.errors = { form: 'We had some trouble connecting. Try again?' };
      else if (answer.response_action === 'errors' && isJson(answer.errors)) {
        view.errors = Object.fromEntries(Object.entries(answer.errors).map(([key, text]) => [key, String(text)]));
      } else if (answer.response_action === 'update' && isJson(answer.view)) updateView(view, answer.view);
      else if (answer.response_action === 'clear') workspace.modals.delete(id);
      else workspace.modals.set(id, stack().slice(0, -1));
      parts.onChange();
      return delivered;
    },
    closeModal() {
      workspace.modals.set(id, stack().slice(0, -1));
      parts.onChange();
    },
    say(channel, text, threadTs) {
      workspace.messages.push({
        ts: parts.nextTs(),
        channel,
        user: id,
        text,
        blocks: [],
        ...(threadTs ? { threadTs } : {}),
      });
      parts.onChange();
    },
    modal: top,
    lastTrigger: () => lastTrigger,
  };
}
