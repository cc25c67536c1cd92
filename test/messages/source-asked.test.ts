import { describe, expect, it } from 'vitest';
import { approvalForm } from '../../messages/approval-form.ts';
import { asksForTime, sourceAskedFor } from '../../src/restore/confirmation.ts';
import { LANGUAGES } from '../../src/restore/language.ts';
import type { Environment } from '../../src/restore/names.ts';
import { METHODS } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';
import { SNAPSHOTS, SOURCE } from '../support/message-facts.ts';
import { APPROVER } from '../support/people.ts';

function overwrite(facts: { readonly isLive: boolean; readonly environment?: Environment }): Restore {
  const [snapshot] = SNAPSHOTS;
  return makeRestore('awaiting-approval', {
    policy: { methods: METHODS, environment: facts.environment ?? 'production' },
    draft: { chosen: { method: 'overwrite', source: SOURCE, ...(facts.isLive || !snapshot ? {} : { snapshot }) } },
  });
}

describe.each(LANGUAGES)('the confirmation of an overwrite of production, in %s', (language) => {
  const blocksOf = (restore: Restore) => approvalForm(restore, NOW, APPROVER, { language, zone: 'UTC' }).blocks;
  const fields = (restore: Restore) =>
    blocksOf(restore).flatMap((block) => (block.type === 'input' ? block.block_id : []));

  it('asks for the name of the source that is copied as it is, and for no time: there is none on the card', () => {
    const live = overwrite({ isLive: true });
    expect([asksForTime(live), sourceAskedFor(live)]).toEqual([false, SOURCE.alias]);
    expect(fields(live)).toContain('rb_field_source_name');
    expect(fields(live).filter((id) => id?.startsWith('rb_field_restore_point'))).toEqual([]);
  });

  it('asks for the time of a snapshot, and does not say it', () => {
    const kept = overwrite({ isLive: false });
    expect([asksForTime(kept), sourceAskedFor(kept)]).toEqual([true, undefined]);
    expect(fields(kept)).toContain('rb_field_restore_point_time');
    const said = JSON.stringify(blocksOf(kept).filter(({ type }) => type === 'section'));
    expect(said).toContain(SOURCE.alias);
    expect(said).not.toContain(String(Date.parse(TAKEN_AT) / 1000));
  });

  it('asks for neither where no production data would be lost', () => {
    const staging = overwrite({ isLive: true, environment: 'staging' });
    expect([asksForTime(staging), sourceAskedFor(staging)]).toEqual([false, undefined]);
    expect(fields(staging)).not.toContain('rb_field_source_name');
  });
});
