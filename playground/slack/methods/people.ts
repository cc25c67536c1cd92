import { type Method, SlackRefusal } from '../method.ts';
import type { Json, SimUser, Workspace } from '../workspace.ts';

/** People and their groups. */
export function peopleMethods(workspace: Workspace): Readonly<Record<string, Method>> {
  return {
    'users.info': (args) => {
      const user = workspace.users.find(({ id }) => id === args.user);
      if (!user) throw new SlackRefusal('user_not_found');
      // Clients write booleans of a form in words.
      const locale = String(args.include_locale) === 'true' ? { locale: user.locale ?? 'en-GB' } : {};
      return { ok: true, user: { ...userInfo(user, workspace.team.id), ...locale } };
    },
    'users.lookupByEmail': (args) => {
      const wanted = String(args.email).toLowerCase();
      const user = workspace.users.find(({ email, isDeleted }) => email?.toLowerCase() === wanted && !isDeleted);
      if (!user) throw new SlackRefusal('users_not_found');
      return { ok: true, user: userInfo(user, workspace.team.id) };
    },
    'usergroups.users.list': (args) => {
      const group = workspace.groups.find(({ id }) => id === args.usergroup);
      if (!group) throw new SlackRefusal('no_such_subteam');
      return { ok: true, users: group.users };
    },
    'usergroups.list': (args) => ({
      ok: true,
      usergroups: workspace.groups
        .filter(({ isDisabled }) => !isDisabled)
        .map(({ id, handle, users }) => ({
          id,
          handle,
          date_delete: 0,
          ...(String(args.include_users) === 'true' ? { users } : {}),
        })),
    }),
  };
}

function userInfo(user: SimUser, homeTeam: string): Json {
  return {
    id: user.id,
    name: user.name,
    real_name: user.realName,
    team_id: user.teamId ?? homeTeam,
    tz: user.tz,
    deleted: user.isDeleted ?? false,
    is_bot: user.isBot ?? false,
    is_app_user: false,
    is_restricted: user.isGuest ?? false,
    is_ultra_restricted: false,
    is_stranger: user.isStranger ?? false,
  };
}
