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

it('says that nobody can object in time where there is no notice lead, and until when an objection still holds', () => {
  const all = (facts: object) => policySentences(makePolicy(facts), {}, { now: NOW, names: new Map() }).join('\n');
  expect(all({ noticeLeadMinutes: 15 })).not.toContain('cannot object');
  expect(all({ noticeLeadMinutes: 0 })).toContain(
    'stakeholders cannot object before it begins: its notice_lead is 0 minutes, and only until the restore call is sent',
  );
  expect(all({ noticeLeadMinutes: 0, objections: 'tell' })).toMatch(/its notice_lead is 0 minutes$/m);
});
