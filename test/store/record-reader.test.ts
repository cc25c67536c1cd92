import { expect, it } from 'vitest';
import { createRecordReader } from '../../src/store/record-reader.ts';
import { afterEvents, makeRestore } from '../support/make-restore.ts';

const restoring = makeRestore('restoring');
const later = afterEvents(restoring, ['running-seen']);

it('a record is read once, and again only when another text stands in the store', () => {
  const read = createRecordReader();
  const first = read('R-17', JSON.stringify(restoring));
  expect(first).toEqual(restoring);
  expect(read('R-17', JSON.stringify(restoring))).toBe(first);
  expect(read('R-17', JSON.stringify(later))).toEqual(later);
  expect(read('R-17', JSON.stringify(restoring)), 'also back at an earlier one').toEqual(restoring);
});

it('a text that was changed under the same version is read as it stands', () => {
  const read = createRecordReader();
  read('R-17', JSON.stringify(restoring));
  const changed = { ...restoring, request: { ...restoring.request, ticket: 'OPS-99' } };
  expect(read('R-17', JSON.stringify(changed)).request.ticket).toBe('OPS-99');
  expect(() => read('R-17', JSON.stringify({ ...restoring, state: { status: 'somehow' } }))).toThrow(/status/);
});

it('only so many are remembered, the ones read last', () => {
  const read = createRecordReader(2);
  const document = (id: string) => JSON.stringify({ ...restoring, id });
  const first = read('R-1', document('R-1'));
  const second = read('R-2', document('R-2'));
  expect(read('R-1', document('R-1'))).toBe(first);
  read('R-3', document('R-3'));
  expect(read('R-1', document('R-1'))).toBe(first);
  expect(read('R-2', document('R-2'))).not.toBe(second);
});
