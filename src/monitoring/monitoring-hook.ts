import { z } from 'zod';
import type { MonitoringAccess } from '../config/config.ts';
import type { MonitoringAct, MonitoringReply } from '../restore/monitoring-call.ts';
import type { Restore } from '../restore/restore.ts';

/** Asks the monitoring of the restore's instance. Never rejects. May be repeated: the body's `key` is the same each time. */
export type AskMonitoring = (act: MonitoringAct, restore: Restore) => Promise<MonitoringReply>;

const TIMEOUT_MS = 5_000;
/** What the monitoring calls the silence; anything else it answers is left alone. */
const answered = z.object({ reference: z.string().min(1).max(200) });

/**
 * Sends `POST` with JSON: `action` (`silence` or `resume`), `key`, `restore`, `instance`, `expectedMinutes`, and for `resume` the
 * `reference` that the answer to `silence` carried. Any 2xx is a yes.
 */
export function createAskMonitoring(accessOf: (alias: string) => MonitoringAccess | undefined): AskMonitoring {
  return async function ask(act, restore) {
    const { plan, monitoring, id, terms } = restore;
    const access = accessOf(plan.instance.alias);
    if (!access) return { kind: 'failed', why: 'no monitoring is configured for the instance any more' };
    const { token } = access;
    const body = {
      action: act,
      key: `${id}:${act}:${monitoring?.calledAt ?? ''}`,
      restore: id,
      instance: { alias: plan.instance.alias, auraId: plan.instance.auraId, name: plan.instance.name },
      expectedMinutes: terms.estimate.toMinutes,
      ...(act === 'resume' && monitoring?.reference ? { reference: monitoring.reference } : {}),
    };
    try {
      const response = await fetch(access.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token()}` } : {}) },
        body: JSON.stringify(body),
        // Whoever was not named in the configuration is not given the token.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (!response.ok) return { kind: 'failed', why: `it answered ${response.status}` };
      const reference = referenceIn(text);
      return { kind: 'done', ...(reference === undefined ? {} : { reference }) };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return { kind: 'failed', why: isLate ? `no answer within ${TIMEOUT_MS / 1000} s` : 'it could not be reached' };
    }
  };
}

function referenceIn(text: string): string | undefined {
  try {
    return answered.safeParse(JSON.parse(text)).data?.reference;
  } catch {
    return undefined;
  }
}
