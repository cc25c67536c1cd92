import { auraIdOf } from '../restores.ts';
import { serve } from './serve.ts';

/** Plain polling: every open instance in turn, one request after the other at an even pace, as fast as the budget goes. */
await serve<{ readonly auraUrl: string; readonly requestsPerMinute: number }>(
  async ({ auraUrl, requestsPerMinute }) => {
    const answer = await fetch(`${auraUrl}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('demo-client:demo-secret').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };

    async function statusOf(auraId: string): Promise<string> {
      const response = await fetch(`${auraUrl}/v1/instances/${auraId}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { data } = (await response.json()) as { data: { status: string } };
      return data.status;
    }

    return {
      answers: {
        /** Polls the first `count` instances until all are running; answers when each was first seen so. */
        watch: async (argument) => {
          const count = Number(argument);
          const open = Array.from({ length: count }, (_, index) => auraIdOf(index + 1));
          const seen: Record<string, number> = {};
          const begun = performance.now();
          const looking = new Set<string>();
          for (let sent = 0; open.length > 0; ) {
            const allowed = ((performance.now() - begun) / 60_000) * requestsPerMinute;
            while (sent < allowed && open.length > 0) {
              const auraId = open.shift() ?? '';
              sent++;
              looking.add(auraId);
              statusOf(auraId).then((status) => {
                if (status === 'running') seen[auraId] = Date.now();
                else open.push(auraId);
                looking.delete(auraId);
              });
            }
            await new Promise((resolve) => setTimeout(resolve, 2));
            while (open.length === 0 && looking.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
          }
          return seen;
        },
      },
    };
  },
);
