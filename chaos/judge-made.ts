import type { SimMessage } from '../playground/slack/workspace.ts';
import type { Arena } from './arena.ts';
import { entriesOf, type RecordSeen } from './records.ts';
import { keyOf, wordsOf } from './sim-messages.ts';
import type { Violation } from './violation.ts';

/** Each made instance belongs to one decision, is the only one of it, and is gone in the end; what is not ours stays. */
export function judgeMade(
  { aura, equipment }: Pick<Arena, 'aura' | 'equipment'>,
  records: readonly RecordSeen[],
  messages: readonly SimMessage[],
): readonly Violation[] {
  if (!equipment) return [];
  const found: Violation[] = [];
  const { made, strays } = equipment;
  const byName = new Map<string, string[]>();
  for (const [auraId, name] of made) {
    if (!strays.has(auraId)) byName.set(name, [...(byName.get(name) ?? []), auraId]);
  }
  for (const [name, ids] of byName) {
    const restoreId = /^rb-(R-\d+)-/.exec(name)?.[1] ?? '';
    const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId, words });
    const record = records.find(({ id }) => id === restoreId);
    if (record?.plan.method !== 'new-instance' || entriesOf(record, 'restore-intended').length === 0)
      add('a second person decides', `the instance ${name} was made without a decision`);
    if (ids.length > 1) add('one restore call per decision', `${ids.length} instances were made as ${name}`);
    const left = ids.filter((auraId) => aura.instances.all.has(auraId));
    if (left.length > 0) add('nothing stuck', `the instance ${name} is there although its time is over`);
    const passwords = messages.filter(
      (message) => message.onlyFor !== undefined && wordsOf(message).includes(name) && /password `/.test(message.text),
    );
    if (passwords.length > 1) add('nothing twice', `the password of ${name} was told ${passwords.length} times`);
  }
  for (const { id, state, plan } of records) {
    const isMade = [...byName.keys()].some((name) => name.startsWith(`rb-${id}-`));
    if (plan.method === 'new-instance' && state.status === 'completed' && !isMade)
      found.push({ promise: 'one restore call per decision', restoreId: id, words: 'completed without an instance' });
  }
  for (const auraId of strays) {
    const told = messages.filter((message) => keyOf(message)?.startsWith(`stray:${auraId}:`)).length;
    const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: auraId, words });
    if (told === 0) add('nothing lost', 'nobody was told of an instance that no record explains');
    if (told > 1) add('nothing twice', `an instance that no record explains was told ${told} times`);
    if (!aura.instances.all.has(auraId))
      add('a second person decides', 'an instance was removed that the bot did not make');
  }
  return found;
}
