import { randomBytes } from 'node:crypto';
import type { Assumptions } from './assumptions.ts';

export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

const TOKEN_LIFETIME_S = 3600;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Announced for the token endpoint; whether it is enforced is not known. */
const TOKENS_PER_HOUR = 15;

/** Client credentials, tokens and the request limit, which counts per client over a sliding minute. */
export function createOAuth(
  clients: readonly Client[],
  rules: { readonly assumptions: Assumptions; readonly requestsPerMinute: number; readonly now: () => number },
) {
  const tokens = new Map<string, { readonly clientId: string; readonly expiresAt: number }>();
  const requests = new Map<string, number[]>();

  function limited(clientId: string, most = rules.requestsPerMinute, overMs = MINUTE_MS): Answer | undefined {
    const since = rules.now() - overMs;
    const recent = (requests.get(clientId) ?? []).filter((at) => at > since);
    requests.set(clientId, recent);
    if (recent.length >= most) {
      return { status: 429, body: { error: 'API rate limit exceeded' }, headers: retryAfter() };
    }
    recent.push(rules.now());
    return undefined;
  }

  function retryAfter(): Record<string, string> {
    switch (rules.assumptions.retryAfter) {
      case 'seconds':
        return { 'retry-after': '5' };
      case 'http-date':
        return { 'retry-after': new Date(rules.now() + 5000).toUTCString() };
      default:
        return {};
    }
  }

  return {
    token(authorization: string | undefined, form: string): Answer {
      if (form === '') return { status: 404, body: { error: 'request body is missing' } };
      if (new URLSearchParams(form).get('grant_type') !== 'client_credentials')
        return { status: 403, body: { error: 'request body is invalid' } };
      const [id, secret] = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64')
        .toString()
        .split(':');
      const client = clients.find(({ clientId, clientSecret }) => clientId === id && clientSecret === secret);
      if (!client) return { status: 401, body: { error: 'unauthorized' } };
      const tooMany = limited(`token ${client.clientId}`, TOKENS_PER_HOUR, HOUR_MS);
      if (tooMany) return tooMany;
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, { clientId: client.clientId, expiresAt: rules.now() + TOKEN_LIFETIME_S * 1000 });
      return { status: 200, body: { access_token: token, expires_in: TOKEN_LIFETIME_S, token_type: 'Bearer' } };
    },
    /** Undefined when the request may go on. */
    check(authorization: string | undefined): Answer | undefined {
      const token = tokens.get(authorization?.replace(/^Bearer /i, '') ?? '');
      if (!token || token.expiresAt <= rules.now()) {
        return {
          status: rules.assumptions.expiredTokenStatus,
          body: { error: 'Key not authorized: token has expired' },
        };
      }
      return limited(token.clientId);
    },
    revokeAll() {
      tokens.clear();
    },
    /** Makes room for as many new tokens as an hour allows. */
    forgetTokenRequests() {
      for (const { clientId } of clients) requests.delete(`token ${clientId}`);
    },
  };
}
