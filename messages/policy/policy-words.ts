import { shortHash } from '../../src/restore/policy/hash.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Words } from '../words/words.ts';

/** Under which policy a restore was asked for; empty for records of earlier releases. */
export function policyWords({ terms }: Pick<Restore, 'terms'>, { card }: Words): string {
  return terms.policyHash ? `. ${card.policy(shortHash(terms.policyHash))}` : '';
}
