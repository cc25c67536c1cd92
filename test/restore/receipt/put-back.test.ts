import { expect, it } from 'vitest';
import { wasPutBackSince } from '../../../src/restore/receipt/put-back.ts';
import { makeRestore } from '../../support/make-restore.ts';

const sent = makeRestore('restoring');
const { at } = sent.state.intent;
const { auraId } = sent.plan.instance;
const moment = (ms: number) => new Date(Date.parse(at) + ms).toISOString();

it.each([
  ['at the moment of the call', sent, { auraId, at }, true],
  ['before the call', sent, { auraId, at: moment(-1) }, true],
  ['after the call', sent, { auraId, at: moment(1) }, false],
  ['before the call, also when it is long over', makeRestore('completed'), { auraId, at: moment(-1) }, true],
  ['of another instance', sent, { auraId: 'ffffffff', at: moment(-1) }, false],
  ['of a restore that never came to its call', makeRestore('approved'), { auraId, at: moment(-1) }, false],
] as const)('data of a snapshot taken %s: it was put back since', (_, restore, snapshot, wasPutBack) => {
  expect(wasPutBackSince(restore, snapshot)).toBe(wasPutBack);
});
