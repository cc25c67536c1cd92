import { describe, expect, it } from 'vitest';
import { createFaultCount } from '../../chaos/fault-count.ts';
import { createFaults } from '../../playground/aura/faults.ts';
import { createSlackFaults } from '../../playground/slack/faults.ts';

describe('the faults that a part injected', () => {
  it('are counted by kind, and still befall', () => {
    const [aura, slack] = [createFaults(), createSlackFaults()];
    const { watch, counts } = createFaultCount();
    watch('Aura', aura);
    watch('Slack', slack);
    for (let times = 1; times <= 2; times++) aura.add({ kind: 'reset', route: 'restore', when: 'after', times });
    slack.add({ kind: 'away', times: 12 });
    expect(counts()).toEqual({ 'Aura reset': 2, 'Slack away': 1 });
    expect(aura.take(['reset'], () => true)).toMatchObject({ route: 'restore' });
    expect(slack.take('away')).toMatchObject({ times: 12 });
  });
});
