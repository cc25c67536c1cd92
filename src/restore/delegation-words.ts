import type { Delegation } from './delegation.ts';
import { appendEntry } from './history.ts';
import type { PersonId } from './names.ts';
import type { Delivery } from './restore.ts';

/** What one of the two must hear of a delegation, once. The key names it among all of this delegation. */
export interface DelegationWord {
  readonly key: 'handed-over' | 'ended-for-owner' | 'ended-for-holder';
  readonly to: PersonId;
}

/** What nobody has been told yet. One that ended before its holder heard of it is told as ended alone. */
export function owedWords({ from, to, revoked, deliveries = {} }: Delegation): readonly DelegationWord[] {
  const all: readonly DelegationWord[] = revoked
    ? [
        { key: 'ended-for-owner', to: from },
        { key: 'ended-for-holder', to },
      ]
    : [{ key: 'handed-over', to }];
  return all.filter(({ key }) => deliveries[key] === undefined);
}

/** The delegation with what became of a word; as it was when that is known already. */
export function wordSettled(delegation: Delegation, key: DelegationWord['key'], delivery: Delivery): Delegation {
  const { id, version, deliveries = {}, history } = delegation;
  if (deliveries[key]) return delegation;
  const fact = delivery.status === 'posted' ? { channel: delivery.channel } : { undeliverable: delivery.why };
  return {
    ...delegation,
    version: version + 1,
    deliveries: { ...deliveries, [key]: delivery },
    history: appendEntry(history, {
      at: delivery.at,
      event: 'message-settled',
      facts: { restore: id, message: key, ...fact },
    }),
  };
}
