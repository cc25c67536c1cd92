import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { readCheck } from '../../src/graph/check-definition.ts';

const folder = mkdtempSync(join(tmpdir(), 'rb-loss-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BOLT = 'bolt: { password_variable: ORDERS_PASSWORD }';

function load(instance: string, more = '') {
  const file = join(folder, 'restore-bot.yaml');
  writeFileSync(
    file,
    `
instances:
  orders:
    aura_id: "a1b2c3d4"
    environment: production
    approvals_channel: C1
    contact: the owners
    approvers: { groups: [S1] }
    ${instance}
${more}
`,
  );
  return loadConfig(
    {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      AURA_CLIENT_ID: 'id',
      AURA_CLIENT_SECRET: 's',
      ORDERS_PASSWORD: 'p',
      CONFIG_FILE: file,
    },
    readCheck,
  );
}

function problems(...given: Parameters<typeof load>): readonly string[] {
  try {
    load(...given);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

describe('the loss receipt in the configuration', () => {
  it('is refreshed every five minutes within 20 seconds and 200,000 rows when nothing is said', () => {
    const config = load(BOLT);
    expect(config.policy.instances[0]?.receipt).toEqual({ refreshMinutes: 5 });
    expect(config.lossByAlias).toEqual({ orders: { timeMs: 20_000, rows: 200_000, questions: [] } });
    expect([config.fingerprintsKept, config.timing.fingerprintLookMs]).toEqual([200, 60_000]);
  });

  it('takes each of its settings from the narrowest place that has it', () => {
    const more = [
      'defaults: { loss_receipt: { refresh: 2m, time: 5s } }',
      'environments: { production: { loss_receipt: { time: 10s, rows: 5000 } } }',
    ];
    const config = load(`${BOLT}\n    loss_receipt: { rows: 9000 }`, more.join('\n'));
    expect(config.policy.instances[0]?.receipt).toEqual({ refreshMinutes: 2 });
    expect(config.lossByAlias.orders).toMatchObject({ timeMs: 10_000, rows: 9_000 });
  });

  it('is not there without a way into the database', () => {
    const config = load('retention: 7d');
    expect(config.policy.instances[0]?.receipt).toBeUndefined();
    expect(config.lossByAlias).toEqual({});
    expect(problems('loss_questions: [{ name: q, cypher: RETURN 1 }]')).toEqual([
      'instances.orders.loss_questions: cannot be asked: the instance has no bolt',
    ]);
  });

  it.each([
    ['{ name: q, cypher: "LOAD CSV FROM \'x\' AS row RETURN count(row)" }', 'must not load files'],
    ['{ name: q, count: { label: Order, where: "n.x > 1; MATCH (m) DELETE m" } }', 'must be one statement'],
    ['{ name: q }', 'must have a name, and cypher or count'],
    ['{ cypher: RETURN 1 }', 'is not well-formed'],
    ['{ name: q, cypher: RETURN 1 }, { name: q, cypher: RETURN 2 }', 'two of the same name'],
  ])('refuses the question %s', (question, words) => {
    const found = problems(`${BOLT}\n    loss_questions: [${question}]`);
    expect(found.join('\n')).toContain(words);
    expect(found.join('\n')).toContain('instances.orders.loss_questions');
  });

  it.each(['refresh: 0m', 'time: 5m', 'rows: 10'])('refuses %s', (setting) => {
    expect(problems(`${BOLT}\n    loss_receipt: { ${setting} }`)).toHaveLength(1);
  });
});
