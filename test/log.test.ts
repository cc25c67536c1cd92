import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** What a process that logs this writes to its output. */
function logged(expression: string): string {
  const script = `import { createLog } from './src/log.ts'; createLog('info', false).info(${expression}, 'said');`;
  return execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { encoding: 'utf8' });
}

describe('the log', () => {
  it('keeps secrets out, wherever in an object they are', () => {
    const line = logged(
      "{ restoreId: 'R-1', botToken: 'hunter1', aura: { clientSecret: 'hunter2' }, body: { user: { password: 'hunter3' } }, response_url: 'hunter4' }",
    );
    expect(JSON.parse(line)).toMatchObject({ msg: 'said', restoreId: 'R-1', botToken: '[secret]' });
    expect(line).not.toContain('hunter');
  });
});
