import { expect, it } from 'vitest';
import { configOf, ordersFile, problemsIn } from '../support/config-file.ts';

const fileWith = (monitoring: string) => ordersFile(`approvers: { groups: [S1] }\n    monitoring: ${monitoring}`);

it('monitoring is reached at an address, with a token that only the environment holds', () => {
  const file = fileWith('{ url: "https://alerts.example/hook", token_variable: ALERTS_TOKEN }');
  const { monitoringByAlias } = configOf(file, { ALERTS_TOKEN: 'secret-6' });
  expect(monitoringByAlias.orders).toMatchObject({ url: 'https://alerts.example/hook' });
  expect(monitoringByAlias.orders?.token?.()).toBe('secret-6');
  expect(JSON.stringify(monitoringByAlias)).not.toContain('secret-6');
  expect(problemsIn(() => configOf(file))).toEqual([
    'instances.orders.monitoring.token_variable: names ALERTS_TOKEN, which is not set',
  ]);
});

it.each([
  ['an address that anybody on the way can read', '{ url: "http://alerts.example/hook" }'],
  ['a token in the file', '{ url: "https://alerts.example/hook", token_variable: s3cret }'],
])('monitoring is not reached by %s', (_, monitoring) => {
  expect(problemsIn(() => configOf(fileWith(monitoring))).join()).toContain('instances.orders.monitoring');
});
