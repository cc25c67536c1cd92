import type { Logger } from 'pino';
import type { Delegations } from '../delegations.ts';
import { rulesOpen } from '../restore/escalation.ts';
import type { Restore } from '../restore/restore.ts';
import { namedByAny } from '../restore/rules-needed.ts';
import { withStandIns } from '../restore/stand-ins.ts';
import type { Candidates } from './candidates.ts';

/**
 * Looks up who stands in at this moment for those whom an open request asks, for its card. Asks Slack nothing while nobody has
 * handed a place over; when Slack does not say who is asked, those of the request stay. Never rejects.
 */
export function createStandInsNow(parts: {
  readonly delegations: Pick<Delegations, 'inForce'>;
  readonly candidates: () => Promise<Pick<Candidates, 'namedBy'> | undefined>;
  readonly log: Logger;
}): (restore: Restore) => Promise<Restore> {
  return async function withStandInsNow(restore) {
    if (restore.state.status !== 'awaiting-approval' || restore.terms.delegation !== 'allowed') return restore;
    try {
      const inForce = await parts.delegations.inForce();
      const isAny = inForce.length > 0;
      const asked = isAny ? await (await parts.candidates())?.namedBy(namedByAny(rulesOpen(restore))) : [];
      return asked ? withStandIns(restore, inForce, asked) : restore;
    } catch (error) {
      parts.log.warn({ err: error, restoreId: restore.id }, 'nobody knows who stands in for those who are asked');
      return restore;
    }
  };
}
