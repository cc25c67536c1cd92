import { describe, expect, it } from 'vitest';
import { configOf, ordersFile, problemsIn } from '../support/config-file.ts';

const BOLT = 'bolt: { password_variable: ORDERS_PASSWORD }';

const load = (instance: string, more = '') =>
  configOf(ordersFile(`approvers: { groups: [S1] }\n    ${instance}`, more), { ORDERS_PASSWORD: 'p' });

const problems = (...given: Parameters<typeof load>) => problemsIn(() => load(...given));

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
