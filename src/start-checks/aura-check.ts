import type { AuraClient } from '../aura/client.ts';
import { AuraAnswerError, AuraBudgetError, AuraRefusedError, AuraUnreachableError } from '../aura/errors.ts';
import type { Policy } from '../restore/policy.ts';
import type { Finding, StartCheck } from './finding.ts';

/** Aura gives out few tokens an hour: refused credentials are tried again only after this time. */
const AFTER_REFUSAL_MS = 30 * 60_000;

/** The API credentials, by one read; and whether they see every instance of the configuration. */
export function createAuraCheck(parts: {
  readonly aura: Pick<AuraClient, 'listInstanceIds'>;
  readonly instances: Policy['instances'];
  readonly steady?: () => number;
}): StartCheck {
  const steady = parts.steady ?? (() => performance.now());
  const fault = (words: string): Finding => ({ about: 'aura', weight: 'fault', words });
  let last: readonly Finding[] = [];
  let notBeforeMs = 0;

  async function find(): Promise<readonly Finding[]> {
    try {
      const seen = await parts.aura.listInstanceIds('reconcile');
      return parts.instances
        .filter(({ auraId }) => !seen.includes(auraId))
        .map(({ alias, auraId }) =>
          fault(
            `Aura does not show the instance ${auraId} (${alias}) to these API credentials: correct its aura_id, or use credentials of a user who may manage it.`,
          ),
        );
    } catch (error) {
      if (error instanceof AuraBudgetError) return last;
      if (error instanceof AuraRefusedError && (error.meaning === 'credentials' || error.meaning === 'permission')) {
        notBeforeMs = steady() + AFTER_REFUSAL_MS;
        return [fault(`${error.forPeople} ${CREDENTIALS}`)];
      }
      if (
        error instanceof AuraRefusedError ||
        error instanceof AuraUnreachableError ||
        error instanceof AuraAnswerError
      ) {
        return [
          fault(`${error.forPeople} See whether this machine reaches the Aura API. Restores wait until it answers.`),
        ];
      }
      throw error;
    }
  }

  return {
    about: 'aura',
    async find() {
      if (steady() >= notBeforeMs) last = await find();
      return last;
    },
  };
}

const CREDENTIALS =
  'Create API credentials in the Aura console, set AURA_CLIENT_ID and AURA_CLIENT_SECRET to them, and start the bot again.';
