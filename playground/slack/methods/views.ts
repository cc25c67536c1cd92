import { randomBytes } from 'node:crypto';
import { isJson, validateView } from '../block-kit-rules.ts';
import { type Method, refuseInvalid, SlackRefusal } from '../method.ts';
import type { Triggers } from '../triggers.ts';
import type { Json, SimView, Workspace } from '../workspace.ts';

/** Forms and home pages. */
export function viewMethods(workspace: Workspace, triggers: Triggers): Readonly<Record<string, Method>> {
  function findView(id: unknown): SimView {
    for (const stack of workspace.modals.values()) {
      const found = stack.find((view) => view.id === id);
      if (found) return found;
    }
    throw new SlackRefusal('not_found');
  }

  return {
    'views.open': (args) => {
      const user = triggers.use(String(args.trigger_id));
      const view = newView(user, viewIn(args), String(args.trigger_id));
      workspace.modals.set(user, [view]);
      return shown(view);
    },
    'views.push': (args) => {
      const user = triggers.use(String(args.trigger_id));
      const stack = workspace.modals.get(user) ?? [];
      if (stack.length >= 3) throw new SlackRefusal('push_limit_reached');
      const view = newView(user, viewIn(args), String(args.trigger_id));
      workspace.modals.set(user, [...stack, view]);
      return shown(view);
    },
    'views.update': (args) => {
      const view = findView(args.view_id);
      if (args.hash !== undefined && args.hash !== view.hash) throw new SlackRefusal('hash_conflict');
      updateView(view, viewIn(args));
      return shown(view);
    },
    'views.publish': (args) => {
      const user = String(args.user_id);
      const view = workspace.homes.get(user) ?? newView(user, {});
      updateView(view, viewIn(args));
      workspace.homes.set(user, view);
      return shown(view);
    },
  };
}

function viewIn(args: Json): Json {
  const view = args.view;
  if (!isJson(view)) throw new SlackRefusal('invalid_arguments');
  refuseInvalid(validateView(view), 'invalid_arguments');
  return view;
}

function newView(user: string, view: Json, openedBy?: string): SimView {
  return {
    id: `V${randomBytes(5).toString('hex').toUpperCase()}`,
    user,
    ...(openedBy === undefined ? {} : { openedBy }),
    hash: randomBytes(6).toString('hex'),
    view,
    values: {},
    errors: {},
  };
}

function shown(view: SimView): Json {
  return { ok: true, view: { ...view.view, id: view.id, hash: view.hash } };
}

/** A view keeps what was typed in the blocks it keeps. */
export function updateView(view: SimView, next: Json): void {
  view.view = next;
  view.hash = randomBytes(6).toString('hex');
  view.errors = {};
  const kept = new Set((Array.isArray(next.blocks) ? next.blocks : []).filter(isJson).map((block) => block.block_id));
  for (const blockId of Object.keys(view.values)) if (!kept.has(blockId)) delete view.values[blockId];
}
