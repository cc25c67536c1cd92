import { pino } from 'pino';
import { expect, it } from 'vitest';
import { firstPolicy } from '../src/restore/policy/policy-record.ts';
import { createRulesFollower } from '../src/rules-follower.ts';
import { makePolicy, NOW } from './support/make-restore.ts';

const policy = { instances: [makePolicy()], samePeople: [] };

/** A follower of rules that can be exchanged, and which open restores it tightened. */
function following() {
  let rules = firstPolicy('P-1', policy, { at: NOW, hadEarlier: false });
  const tightened: string[] = [];
  const open = ['R-1'];
  const follow = createRulesFollower({
    rules: { expire: async () => rules },
    store: { open: async () => open },
    coordinator: {
      tighten: async (id) => {
        tightened.push(id);
      },
    },
    postMessages: async () => 'all-said',
    log: pino({ level: 'silent' }),
  });
  const change = (id: string, contact: string) => {
    rules = firstPolicy(id, { ...policy, instances: [makePolicy({ contact })] }, { at: NOW, hadEarlier: true });
  };
  return { follow, open, tightened, change };
}

it('applies changed rules to what is open, and once more to what was saved meanwhile, and then to nothing', async () => {
  const { follow, open, tightened } = following();
  await follow();
  open.push('R-2');
  await follow();
  await follow();
  expect(tightened).toEqual(['R-1', 'R-1', 'R-2']);
});

it('begins anew with the next change', async () => {
  const { follow, tightened, change } = following();
  await follow();
  await follow();
  change('P-2', 'the platform team');
  await follow();
  await follow();
  await follow();
  expect(tightened).toHaveLength(4);
});
