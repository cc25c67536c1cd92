import type { RequestBudget } from '../../src/aura/budget.ts';
import type { Token, TokenCache } from '../../src/aura/token.ts';

/** Every request may be sent at once. */
export const ENOUGH: RequestBudget = {
  acquire: async () => undefined,
  takeTurn: async () => undefined,
  acquireToken: async () => undefined,
  holdOff: async () => undefined,
};

/** The token of one process, which shares it with no other. */
export function memoryCache(): TokenCache {
  let token: Token | undefined;
  return {
    read: async () => token,
    write: async (next) => {
      token = next;
    },
    clear: async () => {
      token = undefined;
    },
    beginFetch: async () => true,
    endFetch: async () => undefined,
  };
}

/** What a client needs to ask a simulator at `baseUrl`, save for how patient it is. */
export function accessTo(baseUrl: string) {
  return {
    baseUrl,
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    tokens: memoryCache(),
    budget: ENOUGH,
  } as const;
}
