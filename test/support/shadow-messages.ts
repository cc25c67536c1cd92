import { shadowActed, shadowRefusalText } from '../../messages/shadow/answers.ts';
import { shadowFound } from '../../messages/shadow/found.ts';
import { shadowEnded, shadowVerified } from '../../messages/shadow/later.ts';
import { shadowNotice } from '../../messages/shadow/notice.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import { newShadowRestore, type ShadowRestore, type ShadowState } from '../../src/restore/shadow/shadow-restore.ts';
import type { Said } from './every-message.ts';
import { makePolicy, NOW } from './make-restore.ts';

const LATER = addMinutes(NOW, 7);
const STATES: readonly ShadowState[] = [
  { status: 'under-way', auraStatus: 'loading' },
  { status: 'running-again', at: LATER },
  { status: 'failed', at: LATER, auraStatus: 'loading failed' },
  { status: 'gone', at: LATER },
];

/** Everything that is said about restores outside the bot. `policy`: with names in no language. */
export function messagesOfShadows(policy: Parameters<typeof makePolicy>[0], reader: Reader): readonly Said[] {
  const before = { status: 'running', at: addMinutes(NOW, -2) };
  const found = (facts: Partial<ShadowRestore['found']>, isFailed = false) =>
    newShadowRestore('X-3', makePolicy(policy), { status: 'restoring', at: NOW, ...facts }, isFailed);
  const records: Readonly<Record<string, ShadowRestore>> = {
    found: found({ before }),
    'found for the first time': found({}),
    'found during a request': found({ before, during: 'R-17' }),
    'found failed': found({ status: 'loading failed', before }, true),
  };
  const record = found({ before });
  const outcome = {
    status: 'failed',
    at: LATER,
    words: '1 of 2',
    results: [
      { name: 'check-1', severity: 'error', status: 'fail', words: '0' },
      { name: 'check-2', severity: 'error', status: 'pass', words: '7', owner: 'Team-2' },
    ],
  } as const;
  const acted: ShadowRestore = {
    ...record,
    announced: { by: 'U1', at: LATER },
    verification: { by: 'U1', askedAt: NOW, outcome },
  };
  const ended = STATES.flatMap((state): readonly Said[] => [
    { name: `shadow ${state.status}`, kind: 'message', payload: shadowEnded({ ...record, state }, 'C0AUDIT', reader) },
    ...noticeOf({ ...acted, state }, reader),
  ]);
  const channels = ['C0AUDIT', 'C0ORDERS'];
  return [
    ...Object.entries(records).flatMap(([name, one]) =>
      channels.map((channel): Said => {
        return { name: `shadow ${name} in ${channel}`, kind: 'message', payload: shadowFound(one, channel, reader) };
      }),
    ),
    ...ended,
    { name: 'shadow verified', kind: 'message', payload: shadowVerified(acted, reader) },
    ...(['verify', 'announce'] as const).map(
      (kind): Said => ({ name: `answer to ${kind}`, kind: 'words', payload: shadowActed(kind, record, reader) }),
    ),
    ...(['shadow-being-verified', 'shadow-announced-already'] as const).map(
      (reason): Said => ({
        name: reason,
        kind: 'words',
        payload: shadowRefusalText({ reason, by: 'U1', at: NOW }, reader),
      }),
    ),
  ];
}

function noticeOf(record: ShadowRestore, reader: Reader): readonly Said[] {
  const notice = shadowNotice(record, reader);
  if (notice.kind !== 'message') throw new Error(`incomplete: ${notice.missing.join()}`);
  const { kind: _, ...payload } = notice;
  return [{ name: `shadow announced while ${record.state.status}`, kind: 'message', payload }];
}
