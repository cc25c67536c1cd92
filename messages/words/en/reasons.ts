import type { ReasonKind } from '../../../src/restore/request.ts';

export interface ReasonWords {
  readonly label: string;
  readonly description: string;
  /** What is easily forgotten in this case. */
  readonly hint: string;
}

const kinds: Readonly<Record<ReasonKind, ReasonWords>> = {
  'accidental-deletion': {
    label: 'Accidental deletion',
    description: 'Something was deleted that should not have been',
    hint: 'Choose the last restore point before the deletion. Stop the job or person that deleted, or it will happen again.',
  },
  'corrupted-data': {
    label: 'Corrupted data',
    description: 'Values or relationships are wrong',
    hint: 'Choose the last restore point before the corruption began. Counts can look right while values are wrong.',
  },
  'failed-migration': {
    label: 'Failed migration',
    description: 'A migration or schema change went wrong',
    hint: 'Choose the restore point from before the migration. The applications must be rolled back to match.',
  },
  'security-incident': {
    label: 'Security incident',
    description: 'Somebody tampered with the data',
    hint: 'Evidence first: the safety snapshot is kept as evidence of the present state. Users, roles and passwords go back too, so rotate credentials afterwards.',
  },
  'rollback-test': {
    label: 'Rollback test',
    description: 'Rehearsing the procedure',
    hint: 'A test belongs on a test instance. It is refused on production.',
  },
  undo: {
    label: 'Undo of a restore',
    description: 'The restore was wrong, or its data is',
    hint: 'Everything written since that restore is lost. Its safety snapshot holds the state from just before it, with whatever was wrong then.',
  },
};

export const reasons = {
  kinds,
  keepInMind: (hint: string) => `Keep in mind: ${hint}`,
  /** What a snapshot brings back besides the data. */
  alsoGoesBack: 'schema, indexes, constraints, users, roles, permissions and settings',
};
