import { startSlackSimulator } from '../../playground/slack/simulator.ts';
import { APPROVALS_CHANNEL, APPROVER_ID, APPROVERS_GROUP, NOTICE_CHANNEL, REQUESTER_ID, TEAM_ID } from '../people.ts';
import { serve } from './serve.ts';

/** What a card shows once the restore is over, while its checks go on or after them. */
const RESTORED = /✓ Restore ·|\*Restored/;

/** The Slack simulator by itself, so that its work does not count as the bot's. */
await serve(async () => {
  const slack = await startSlackSimulator({
    workspace: {
      team: { id: TEAM_ID, name: 'Bench', domain: 'bench' },
      users: [REQUESTER_ID, APPROVER_ID].map((id) => ({ id, name: id.toLowerCase(), realName: id, tz: 'Etc/UTC' })),
      channels: [APPROVALS_CHANNEL, NOTICE_CHANNEL].map((id) => ({ id, name: id.toLowerCase(), botIsMember: true })),
      groups: [{ id: APPROVERS_GROUP, handle: 'approvers', users: [APPROVER_ID] }],
    },
    scopes: [
      'chat:write',
      'users:read',
      'usergroups:read',
      'im:write',
      'im:history',
      'channels:history',
      'groups:history',
    ],
  });
  return {
    facts: { apiUrl: slack.apiUrl, signingSecret: slack.signingSecret, botToken: slack.app.botToken },
    answers: {
      calls: () => {
        const counts: Record<string, number> = {};
        for (const { method } of slack.calls) counts[method] = (counts[method] ?? 0) + 1;
        return counts;
      },
      /** When the card of each restore first said that Aura had ended it. */
      saidRestored: () => {
        const moments: Record<string, number> = {};
        for (const { at, method, args } of slack.calls) {
          if (!method.startsWith('chat.') || args.channel !== APPROVALS_CHANNEL) continue;
          const shown = JSON.stringify(args.blocks ?? []);
          const id = /R-\d+/.exec(shown)?.[0];
          if (id && RESTORED.test(shown)) moments[id] ??= at;
        }
        return moments;
      },
    },
  };
});
