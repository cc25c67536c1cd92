import type { Restore } from '../src/restore/restore.ts';
import { instanceContext, type Notice, noticeOf } from './notice.ts';
import { moment, quoted } from './slack-text.ts';

/** Takes a planned notice back: the restore did not begin, and does not unless it is announced again. */
export function putOffNotice(restore: Restore, round = 1): Notice {
  const { askedAnew = [], terms } = restore;
  const one = askedAnew[round - 1];
  const why = one?.because.kind === 'drifted' ? one.because.why : '';
  return noticeOf(
    'MAINTENANCE PUT OFF: Database Restore Operation',
    {
      When: one && `Put off ${moment(one.at)}`,
      Status: 'The restore did not begin; the data is unchanged',
      Reason: why && quoted(why, 300),
      'Next Step': 'The restore has to be agreed to again. It does not begin unless it is announced again here',
    },
    [`Contact ${terms.contact} with questions`],
    { contact: terms.contact },
    instanceContext(restore),
  );
}
