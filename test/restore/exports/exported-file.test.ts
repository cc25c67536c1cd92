import { describe, expect, it } from 'vitest';
import { fileObstacle } from '../../../src/restore/backup-file.ts';
import { methodPlanOf } from '../../../src/restore/chosen-method.ts';
import { chosenByHand, chosenForUpload, exportOfOffered } from '../../../src/restore/exports/exported-file.ts';
import { hashPlan } from '../../../src/restore/plan.ts';
import { restorePointFacts } from '../../../src/restore/restore-point-facts.ts';
import { EXPORTED_FILE as EXPORTED } from '../../support/export-messages.ts';
import { makeRestore, NOW } from '../../support/make-restore.ts';

const SHA = EXPORTED.file.sha256;
const ANOTHER = 'cd'.repeat(32);

describe('a recorded export', () => {
  it.each([
    ['with its checksum', { sha256: SHA }, 'E-7'],
    ['with another checksum', { sha256: ANOTHER }, undefined],
    ['not read yet', {}, undefined],
  ])('is a file of a catalogue %s: %j is %s', (_, offered, id) => {
    expect(exportOfOffered([EXPORTED], offered)?.exportId).toBe(id);
  });

  it('that was recorded twice is the later record', () => {
    const later = { ...EXPORTED, exportId: 'E-9', recordedAt: '2099-01-01T00:00:00.000Z' };
    for (const both of [
      [EXPORTED, later],
      [later, EXPORTED],
    ])
      expect(exportOfOffered(both, { sha256: SHA })?.exportId).toBe('E-9');
  });

  it('stands in the plan with its checksum, whose it is, its snapshot and its place, so that people agree to them', () => {
    const plan = methodPlanOf(chosenByHand(EXPORTED), NOW);
    expect(plan).toEqual({
      method: 'backup-file',
      restorePoint: {
        file: EXPORTED.file,
        takenAt: EXPORTED.takenAt,
        exported: {
          exportId: 'E-7',
          instance: EXPORTED.instance,
          snapshotId: 's1',
          place: EXPORTED.place,
          recordedBy: EXPORTED.recordedBy,
        },
      },
    });
    expect(restorePointFacts(plan)).toEqual({
      file: EXPORTED.file.name,
      sha256: SHA,
      export: 'E-7',
      method: 'backup-file',
    });
    const hashOf = (place: string) =>
      hashPlan({
        ...makeRestore('awaiting-approval').plan,
        ...methodPlanOf(chosenByHand({ ...EXPORTED, place }), NOW),
      });
    expect(hashOf('another vault')).not.toBe(hashOf(EXPORTED.place));
  });

  it('is uploaded by a worker only with the checksum that was recorded', () => {
    const target = { type: 'professional-db', now: NOW };
    const file = { ...EXPORTED.file, directory: 'exports' };
    expect(fileObstacle(chosenForUpload(EXPORTED, file), target)).toBeUndefined();
    expect(fileObstacle(chosenForUpload(EXPORTED, { ...file, sha256: ANOTHER }), target)?.kind).toBe(
      'another-checksum',
    );
  });
});
