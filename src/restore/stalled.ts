import type { PersonId } from './names.ts';
import type { OwedMessage } from './owed-message.ts';
import type { Restore } from './restore.ts';

/**
 * While Aura restores nobody can stop it and nothing is decided, so those who asked for it and agreed to it are told once that it
 * has shown nothing new for too long. Owed only while that is so: when there is news, or its end, that is on the card instead.
 */
export function stalledMessages(restore: Restore): readonly OwedMessage[] {
  const { state, stalledAt, request } = restore;
  if (state.status !== 'restoring' || stalledAt === undefined) return [];
  const agreed = state.approval.votes.filter(({ kind }) => kind === 'approve').map(({ by }): PersonId => by);
  return [...new Set([request.requestedBy, ...agreed])].map((to) => ({ key: `stalled:${to}`, kind: 'stalled', to }));
}
