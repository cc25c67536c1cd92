import type { SimMessage } from '../playground/slack/workspace.ts';
import type { ConsoleAct } from './equipment.ts';
import type { ShadowSeen } from './side-records.ts';
import { keyOf, restoreOf } from './sim-messages.ts';
import type { Violation } from './violation.ts';

const CLOCK_SLACK_MS = 50;

/** What somebody did in the console is on record once, followed to its end, and said once in each channel; nothing else is. */
export function judgeShadows(
  shadows: readonly ShadowSeen[],
  consoleActs: readonly ConsoleAct[],
  messages: readonly SimMessage[],
): readonly Violation[] {
  const found: Violation[] = [];
  const acts = consoleActs.filter(({ isAsked }) => !isAsked);
  for (const { auraId, at } of acts) {
    const next = acts.find((one) => one.auraId === auraId && one.at > at)?.at ?? Number.POSITIVE_INFINITY;
    const mine = shadows.filter(({ instance, found: { at: foundAt } }) => {
      const foundMs = Date.parse(foundAt) + CLOCK_SLACK_MS;
      return instance.auraId === auraId && foundMs >= at && foundMs < next;
    });
    if (mine.length === 0)
      found.push({
        promise: 'nothing lost',
        restoreId: '',
        words: `nobody noticed a restore of ${auraId} in the console`,
        sought: { at, auraId },
      });
    if (mine.length > 1)
      found.push({
        promise: 'nothing twice',
        restoreId: mine[0]?.id ?? '',
        words: `one restore in the console is on record as ${mine.map(({ id }) => id).join(', ')}`,
      });
  }
  return [...found, ...shadows.flatMap((record) => judgeShadow(record, acts, messages))];
}

function judgeShadow(
  { id, version, instance, state, found: { at }, verification, deliveries, history }: ShadowSeen,
  acts: readonly ConsoleAct[],
  messages: readonly SimMessage[],
): readonly Violation[] {
  const found: Violation[] = [];
  const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: id, words });
  const hasBegun = acts.some((act) => act.auraId === instance.auraId && act.at <= Date.parse(at) + CLOCK_SLACK_MS);
  if (!hasBegun) add('nothing twice', `somebody else is said to restore ${instance.auraId}, and nobody did`);
  if (state.status === 'under-way') add('nothing stuck', 'a restore in the console is followed although it is over');
  if (verification && !verification.outcome) add('nothing stuck', 'the data was to be looked at and was not');
  if (history.length !== version) add('nothing lost', `version ${version} with ${history.length} entries`);
  const keys = messages.filter((message) => restoreOf(message) === id).map((message) => keyOf(message) ?? '');
  for (const key of new Set(keys)) {
    const times = keys.filter((other) => other === key).length;
    if (times > 1) add('nothing twice', `${key} stands ${times} times in Slack`);
  }
  for (const [key, { status }] of Object.entries(deliveries))
    if (status === 'posted' && !keys.includes(key))
      add('nothing lost', `${key} is on record as said, and is not in Slack`);
  for (const kind of ['found', 'ended'])
    if (!keys.some((key) => key.startsWith(`${kind}:`))) add('nothing lost', `nobody was told that it was ${kind}`);
  return found;
}
