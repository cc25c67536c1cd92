import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Token, TokenCache } from '../aura/token.ts';
import { KEY } from './keys.ts';

const stored = z.object({ value: z.string(), freshUntil: z.number() });

/**
 * Shares Aura's bearer token between processes. What stands in Redis is encrypted (AES-256-GCM) with a key derived from
 * the client secret, so that neither Redis nor its files hold a usable token. A cache that fails is no cache: callers
 * then fetch a token of their own.
 */
export function createAuraTokenCache(redis: Redis, clientSecret: string): TokenCache {
  const key = Buffer.from(hkdfSync('sha256', clientSecret, '', 'restore-bot aura token', 32));

  return {
    async read() {
      const sealed = await redis.getBuffer(KEY.auraToken).catch(() => null);
      return sealed ? unseal(sealed, key) : undefined;
    },
    async write(token) {
      const lifetimeMs = Math.max(1, token.freshUntil - Date.now());
      await redis.set(KEY.auraToken, seal(token, key), 'PX', lifetimeMs).catch(() => undefined);
    },
    async clear() {
      await redis.del(KEY.auraToken).catch(() => undefined);
    },
    async beginFetch(forMs) {
      const begun = await redis.set(KEY.auraTokenFetch, '1', 'PX', forMs, 'NX').catch(() => 'OK');
      return begun === 'OK';
    },
    async endFetch() {
      await redis.del(KEY.auraTokenFetch).catch(() => undefined);
    },
  };
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function seal(token: Token, key: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(token), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Undefined for what another secret sealed or somebody changed. */
function unseal(sealed: Buffer, key: Buffer): Token | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return stored.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
