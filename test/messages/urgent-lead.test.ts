import { describe, expect, it } from 'vitest';
import { restoreCard } from '../../messages/restore-card.ts';
import { restoreForm } from '../../messages/restore-form.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { makePolicy, makeRestore, NOW } from '../support/make-restore.ts';

const policy = makePolicy({ noticeLeadMinutes: 30, urgentNoticeLeadMinutes: 5 });
const GERMAN = { language: 'de', zone: 'UTC' } as const;
const ENGLISH = { language: 'en', zone: 'UTC' } as const;
const SHORTER = 'Shorter notice, because it is urgent';

describe('the shorter notice lead of an urgent request', () => {
  const look = { kind: 'seen', status: 'running', snapshotCount: 1, daysRead: 1, daysKept: 1 } as const;
  const form = (isUrgent: boolean, reader: typeof ENGLISH | typeof GERMAN = ENGLISH) => {
    const start = { kind: 'when-confirmed' } as const;
    return JSON.stringify(
      restoreForm({ now: NOW, instances: [policy], chosen: { policy, look }, start, isUrgent }, reader),
    );
  };
  const card = (restore: Restore) => JSON.stringify(restoreCard(restore, NOW));

  it('is said in the form as soon as the request is urgent, and counts for its start', () => {
    expect(form(true)).toContain(`${SHORTER}:* at least 5 min before the start, instead of 30 min.`);
    expect(form(true, GERMAN)).toContain('mindestens 5 min vor dem Start statt 30 min');
    expect(form(false)).not.toContain(SHORTER);
  });

  it('is said on the card to whoever decides, unless the rules became as strict as for any other', () => {
    const urgent = makeRestore('awaiting-approval', { policy, draft: { isUrgent: true } });
    expect(card(urgent)).toContain(`${SHORTER}:* at least 5 min before the start, instead of 30 min.`);
    expect(card(makeRestore('awaiting-approval', { policy }))).not.toContain(SHORTER);
    expect(card({ ...urgent, terms: { ...urgent.terms, noticeLeadMinutes: 30 } })).not.toContain(SHORTER);
  });
});
