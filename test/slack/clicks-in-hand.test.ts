import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createClicksInHand } from '../../src/slack/clicks-in-hand.ts';

/** A click whose handler answers after so long, and is done a while later. */
function click(answersAfterMs: number, doneAfterMs: number) {
  const happened: string[] = [];
  const arrived = {
    ack: async () => {
      happened.push('answered');
    },
  };
  const handle = async ({ ack }: typeof arrived) => {
    await sleep(answersAfterMs);
    await ack();
    await sleep(doneAfterMs);
    happened.push('done');
  };
  return { arrived, handle, happened };
}

describe('clicks in hand', () => {
  it('are waited for until they are answered, and then until they are done', async () => {
    const clicks = createClicksInHand();
    const slow = click(100, 150);
    void clicks.follow(slow.arrived, slow.handle);
    await clicks.answered(5_000);
    expect(slow.happened).toEqual(['answered']);
    await clicks.finished(5_000);
    expect(slow.happened).toEqual(['answered', 'done']);
  });

  it('that arrive while others are waited for are waited for too', async () => {
    const clicks = createClicksInHand();
    const [first, second] = [click(50, 0), click(150, 0)];
    void clicks.follow(first.arrived, first.handle);
    const waiting = clicks.answered(5_000);
    await sleep(20);
    void clicks.follow(second.arrived, second.handle);
    await waiting;
    expect([...first.happened, ...second.happened]).toContain('answered');
    expect(second.happened).toContain('answered');
  });

  it('that nobody answers, or that fail, keep nobody waiting beyond the deadline', async () => {
    const clicks = createClicksInHand();
    const never = click(10_000, 0);
    void clicks.follow(never.arrived, never.handle);
    const begunAt = performance.now();
    await clicks.answered(200);
    await clicks.finished(200);
    expect(performance.now() - begunAt).toBeLessThan(1_000);
    const other = createClicksInHand();
    await expect(other.follow(never.arrived, async () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
    await other.answered(5_000);
    await other.finished(5_000);
  });
});
