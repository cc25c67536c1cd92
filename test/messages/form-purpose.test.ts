import { expect, it } from 'vitest';
import { type FormPurpose, purposeIn, purposeText } from '../../messages/form-purpose.ts';

const snapshotId = '171e3e2a-1fcc-41ec-8158-b9c81297ce9b';
const PURPOSES: readonly (readonly [string, FormPurpose])[] = [
  ['any restore', {}],
  ['an undo', { undoes: 'R-17' }],
  ['a preview', { preview: { of: 'R-17', snapshotId } }],
  ['what was advised', { advised: { alias: 'orders-prod', method: 'new-instance', reasons: ['keeps-present'] } }],
  ['what was advised for no reason', { advised: { alias: 'a.b_c', method: 'restore-snapshot', reasons: [] } }],
];

it.each(PURPOSES)('a form keeps that it is for %s', (_, purpose) => {
  expect(purposeIn(purposeText(purpose))).toEqual(purpose);
});

it.each(['advised', 'advised orders-prod', 'advised orders-prod teleport keeps-present'])(
  'a form that another release drew with "%s" is one for any restore',
  (text) => expect(purposeIn(text)).toEqual({}),
);
