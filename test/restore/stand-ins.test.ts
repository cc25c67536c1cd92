import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { withStandIns } from '../../src/restore/stand-ins.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { LINKED_ACCOUNT, REQUESTER } from '../support/people.ts';

const until = addMinutes(NOW, 600);
const given = (from: string, to: string) => ({ from, to, endsAt: until });
const BEFORE = [{ from: 'U0OLD', to: 'U0GONE', until }];

describe('who stands in for those who are asked', () => {
  it.each([
    ['is who holds the place of one of them now', [given('U0A', 'U0X')], [{ from: 'U0A', to: 'U0X', until }]],
    ['is nobody who holds the place of somebody else', [given('U0C', 'U0X')], undefined],
    ['is not the requester', [given('U0A', REQUESTER.id)], undefined],
    ['is not the requester under another account', [given('U0A', LINKED_ACCOUNT.id)], undefined],
    ['is nobody who holds the requester’s own place', [given(REQUESTER.id, 'U0X')], undefined],
    ['is nobody whose delegation ended since the request', [], undefined],
  ])('%s', (_, inForce, delegates) => {
    const asked = makeRestore('awaiting-approval', { draft: { delegates: BEFORE } });
    const shown = withStandIns(asked, inForce, ['U0A', 'U0B', REQUESTER.id]);
    expect(shown.request.delegates).toEqual(delegates);
    expect('delegates' in shown.request).toBe(delegates !== undefined);
    expect({ ...shown, request: asked.request }).toEqual(asked);
  });
});
