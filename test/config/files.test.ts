import { describe, expect, it } from 'vitest';
import { DOZEN, configOf as load, problemsIn } from '../support/config-file.ts';

const problems = (...given: Parameters<typeof load>) => problemsIn(() => load(...given));

describe('files to restore from', () => {
  const UPLOADS = `
instances:
  orders:
    aura_id: "a1b2c3d4"
    environment: production
    approvers: { users: [U1, U2] }
    approvals_channel: C1
    contact: the owners
    methods: [backup-file, upload]
    console_file_limit: 8GB
    file_load: 90m
    bolt: { password_variable: ORDERS_PASSWORD }
backup_files:
  - { name: exports, directory: /srv/exports }
`;

  it('lie in the directories that are named, and are uploaded where neo4j-admin is', () => {
    const { files, policy } = load(UPLOADS, {
      ORDERS_PASSWORD: 'secret-4',
      NEO4J_ADMIN: '/opt/neo4j/bin/neo4j-admin',
      JAVA_HOME: '/opt/java',
      DATA_DIR: '/var/bot',
    });
    expect(files).toEqual({
      places: [{ name: 'exports', directory: '/srv/exports' }],
      tool: ['/opt/neo4j/bin/neo4j-admin'],
      surroundings: { JAVA_HOME: '/opt/java' },
      uploadsDirectory: '/var/bot/uploads',
      silenceMs: 900_000,
    });
    expect(policy.instances[0]).toMatchObject({ consoleFileBytes: 8 * 2 ** 30, fileLoadMinutes: 90 });
  });

  it('are uploaded by no process that is not told of the tool', () => {
    expect(load(UPLOADS, { ORDERS_PASSWORD: 'secret-4' }).files).not.toHaveProperty('tool');
    expect(load(DOZEN).files.places).toEqual([]);
  });

  it('cannot be uploaded without a password and a directory', () => {
    const bare = UPLOADS.replace(/ +bolt: .*\n/, '').replace(/backup_files:\n.*\n/, '');
    expect(problems(bare)).toEqual([
      'instances.orders.bolt: is missing: an upload needs the user and the password of the database',
      'backup_files: names no directory, and orders may be restored by an upload from one',
    ]);
  });

  it.each([
    [
      'a directory by half a path',
      UPLOADS.replace('/srv/exports', 'exports'),
      /directory: must be the whole path|the whole path/,
    ],
    ['a size that is none', UPLOADS.replace('8GB', 'large'), /console_file_limit/],
  ])('cannot be %s', (_, yaml, problem) => {
    expect(problems(yaml, { ORDERS_PASSWORD: 'secret-4' }).join('\n')).toMatch(problem);
  });
});
