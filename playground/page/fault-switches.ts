import type { Fault } from '../aura/faults.ts';
import type { ConsoleFault } from '../aura/import-console.ts';
import type { SlackFault } from '../slack/faults.ts';

/** Something that can be made to go wrong next. */
export type FaultSwitch = { readonly id: string; readonly label: string } & (
  | { readonly aura: Fault }
  | { readonly slack: SlackFault }
  /** Where files can be uploaded. */
  | { readonly upload: ConsoleFault }
);

export const FAULT_SWITCHES: readonly FaultSwitch[] = [
  {
    id: 'lose-restore-answer',
    label: 'Aura acts on the next restore call and its answer is lost',
    aura: { kind: 'reset', route: 'restore', when: 'after', times: 1 },
  },
  {
    id: 'swallow-restore',
    label: 'The next restore call never reaches Aura, without an answer',
    aura: { kind: 'reset', route: 'restore', when: 'before', times: 1 },
  },
  {
    id: 'refuse-restore',
    label: 'Aura refuses the next restore call',
    aura: { kind: 'busy', route: 'restore', times: 1 },
  },
  {
    id: 'loading-failed',
    label: 'The next restore ends in "loading failed"',
    aura: { kind: 'restore-ends', as: 'loading failed', times: 1 },
  },
  {
    id: 'old-data',
    label: 'The next restore ends with the old data',
    aura: { kind: 'restore-ends', as: 'old data', times: 1 },
  },
  { id: 'never-ends', label: 'The next restore never ends', aura: { kind: 'restore-ends', as: 'never', times: 1 } },
  {
    id: 'lose-overwrite-answer',
    label: 'Aura acts on the next overwrite call and its answer is lost',
    aura: { kind: 'reset', route: 'overwrite', when: 'after', times: 1 },
  },
  {
    id: 'lose-create-answer',
    label: 'Aura makes the next instance and its answer is lost',
    aura: { kind: 'reset', route: 'create-instance', when: 'after', times: 1 },
  },
  {
    id: 'upload-hangs',
    label: 'The next upload of a file hangs',
    upload: { at: 'place', as: 'hang', times: 1 },
  },
  {
    id: 'upload-password',
    label: 'Aura takes the password of the next upload for wrong',
    upload: { at: 'auth', as: 401, times: 1 },
  },
  {
    id: 'upload-too-big',
    label: 'The next file to upload is too big for its instance',
    upload: { at: 'size', as: 422, times: 1 },
  },
  { id: 'snapshot-fails', label: 'The next snapshot fails', aura: { kind: 'snapshot-ends', as: 'Failed', times: 1 } },
  {
    id: 'aura-503',
    label: 'Aura answers the next 8 reads of an instance with 503',
    aura: { kind: 'status', route: 'get-instance', status: 503, when: 'before', times: 8 },
  },
  {
    id: 'aura-clock',
    label: "Aura's clock is ten minutes ahead",
    aura: { kind: 'clock', aheadMs: 600_000, times: 100_000 },
  },
  {
    id: 'lose-post',
    label: 'Slack posts the next message and its answer is lost',
    slack: { kind: 'lose-answer', method: 'chat.postMessage', times: 1 },
  },
  {
    id: 'no-status-channel',
    label: '#status does not exist any more',
    slack: { kind: 'error', method: 'chat.postMessage', error: 'channel_not_found', channel: 'C0STATUS', times: 1000 },
  },
  { id: 'redeliver', label: 'Slack delivers the next click twice', slack: { kind: 'redeliver', times: 1 } },
];

/** What a switch has go wrong. */
export function faultOf(one: FaultSwitch): Fault | SlackFault | ConsoleFault {
  if ('aura' in one) return one.aura;
  return 'slack' in one ? one.slack : one.upload;
}
