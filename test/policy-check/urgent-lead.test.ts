import { expect, it } from 'vitest';
import { policySentences } from '../../src/policy-check/sentences.ts';
import { makePolicy, NOW } from '../support/make-restore.ts';

it('says the shorter notice lead of urgent requests, where there is one', () => {
  const announced = (urgent: object) =>
    policySentences(makePolicy({ noticeLeadMinutes: 30, ...urgent }), {}, { now: NOW, names: new Map() }).find(
      (sentence) => sentence.startsWith('is announced to'),
    );
  expect(announced({ urgentNoticeLeadMinutes: 5 })).toContain('at least (5 minutes when the request is urgent), and');
  expect(announced({})).toContain('30 minutes before its start at least, and');
});
