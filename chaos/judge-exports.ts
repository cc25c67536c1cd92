import type { SimMessage } from '../playground/slack/workspace.ts';
import type { ExportSeen } from './side-records.ts';
import { keyOf, restoreOf } from './sim-messages.ts';
import type { Violation } from './violation.ts';

/** Each export that was due was recorded once, and said once. */
export function judgeExports(exports: readonly ExportSeen[], messages: readonly SimMessage[]): readonly Violation[] {
  return exports.flatMap(({ id, version, state, deliveries, history, instance, because }, index) => {
    const found: Violation[] = [];
    const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: id, words });
    const recorded = history.filter(({ event }) => event === 'export-recorded').length;
    if (state.status === 'open') add('nothing stuck', 'an export that was done is not on record');
    else if (recorded !== 1) add('nothing twice', `the export was recorded ${recorded} times`);
    if (history.length !== version) add('nothing lost', `version ${version} with ${history.length} entries`);
    const isSame = (other: ExportSeen) =>
      other.instance.auraId === instance.auraId && other.because.kind === because.kind && other.state.status === 'open';
    if (state.status === 'open' && exports.slice(index + 1).some(isSame))
      add('nothing twice', `two exports of ${instance.alias} are open for one reason`);
    const keys = messages.filter((message) => restoreOf(message) === id).map((message) => keyOf(message) ?? '');
    for (const key of new Set(keys)) {
      const times = keys.filter((other) => other === key).length;
      if (times > 1) add('nothing twice', `${key} stands ${times} times in Slack`);
    }
    for (const [key, { status }] of Object.entries(deliveries))
      if (status === 'posted' && !keys.includes(key))
        add('nothing lost', `${key} is on record as said, and is not in Slack`);
    if (state.status === 'done' && !keys.includes('recorded'))
      add('nothing lost', 'nobody was told that it was recorded');
    return found;
  });
}
