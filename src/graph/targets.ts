import type { AuraClient } from '../aura/client.ts';
import type { Config } from '../config/config.ts';
import type { GraphTarget } from './session.ts';

/** Where the data of an instance is; undefined when no credentials are configured or Aura gives no address. */
export type TargetOf = (alias: string, auraId: string) => Promise<GraphTarget | undefined>;

/** Asks Aura for the address when none is configured, which may reject as every call to Aura. */
export function createTargets(parts: {
  readonly config: Pick<Config, 'boltByAlias'>;
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly priority: Parameters<AuraClient['getInstance']>[1];
}): TargetOf {
  return async (alias, auraId) => {
    const access = parts.config.boltByAlias[alias];
    if (!access) return undefined;
    const uri = access.uri ?? (await parts.aura.getInstance(auraId, parts.priority)).connectionUrl;
    return uri ? { ...access, uri } : undefined;
  };
}
