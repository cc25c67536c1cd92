import { expect, it } from 'vitest';
import { isAddressOf } from '../../src/upload/upload-host.ts';

it.each([
  ['neo4j+s://a1b2c3d4.databases.neo4j.io', true],
  ['neo4j+s://A1B2C3D4.databases.neo4j.io:7687', true],
  ['neo4j+s://a1b2c3d4-production.databases.neo4j.io', true],
  ['neo4j+s://a1b2c3d4.production-orch-0792.neo4j.io', true],
  ['neo4j+s://ffffffff.databases.neo4j.io', false],
  ['neo4j+s://ffffffff-a1b2c3d4.databases.neo4j.io', false],
  ['neo4j+s://a1b2c3d45.databases.neo4j.io', false],
  ['neo4j+s://ffffffff.production-orch-0792.neo4j.io', false],
  ['bolt://localhost:7687', true],
])('a file for a1b2c3d4 is sent to %s: %s', (address, isSent) => {
  expect(isAddressOf(address, 'a1b2c3d4')).toBe(isSent);
});
