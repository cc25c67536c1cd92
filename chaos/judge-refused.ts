import type { SimMessage } from '../playground/slack/workspace.ts';
import { digest } from './canonical.ts';
import type { Deed } from './deed.ts';
import { interactionOf } from './judge-deeds.ts';
import type { Entry } from './records.ts';
import type { RefusedSeen } from './side-records.ts';
import { triggerOf } from './sim-messages.ts';
import type { Violation } from './violation.ts';

/** What people note of what they tried before there was a restore. */
const NOTED: ReadonlySet<string> = new Set<Deed['what']>(['request', 'open-form']);
/** What is said at a field that was left empty, or that names a file which is not there: nobody was refused. */
const QUESTION = /":"(?:Choose |Give |Say when|This is needed|By what was seen of)|Choose again\./;
/** What somebody reads who opens the form and may not ask. */
const MAY_NOT_ASK = /guests cannot ask for|not among those who may ask for/;

/**
 * Each refusal of a request that somebody heard is on record once, in a whole chain of one entry that the audit stream has too;
 * nothing is on record that nobody tried, or of which its person heard yes or that nothing was recorded. What was tried on a
 * restore is judged with its other refusals, and of what else is tried nobody takes note.
 */
export function judgeRefused(
  refused: readonly RefusedSeen[],
  audit: ReadonlyMap<string, readonly Entry[]>,
  { deeds, messages }: { readonly deeds: readonly Deed[]; readonly messages: readonly SimMessage[] },
): readonly Violation[] {
  const found: Violation[] = [];
  const add = (promise: Violation['promise'], restoreId: string, words: string) =>
    found.push({ promise, restoreId, words });
  for (const one of refused)
    if (!isWhole(one, audit)) add('nothing lost', one.id, 'the history of a refusal is broken');
  const entries = refused.flatMap(({ id, history }) => history.map((entry) => ({ id, ...entry })));
  const ofAct = ({ who, what, trigger = '' }: Deed) =>
    entries.filter(
      ({ by, facts }) => by === who && facts.attempt === what && facts.interaction === interactionOf(trigger),
    );

  const acts = deeds.filter(({ what, trigger }) => NOTED.has(what) && trigger);
  for (const deed of acts) {
    const { who, what, mark, told, words } = deed;
    const kept = ofAct(deed).length;
    if (kept > 1) add('nothing twice', mark, `${who} was refused ${what} once, on record ${kept} times`);
    if (kept === 0 && told === 'refused' && !QUESTION.test(words))
      add('nothing lost', mark, `${who} was refused ${what}, which is not on record`);
    if (kept > 0 && (told === 'done' || told === 'nothing'))
      add('nothing twice', mark, `${who} was told ${told} to ${what}, on record as refused`);
  }
  const explained = new Set(acts.flatMap((deed) => ofAct(deed).map(({ id }) => id)));
  for (const { id, by, facts } of entries)
    if (NOTED.has(String(facts.attempt)) && !explained.has(id))
      add('nothing twice', id, `${by} is on record as refused ${facts.attempt}, and did not try`);

  const heard = messages.filter((said) => said.onlyFor && !triggerOf(said) && MAY_NOT_ASK.test(said.text));
  for (const who of new Set(heard.map(({ onlyFor }) => onlyFor ?? ''))) {
    const times = heard.filter(({ onlyFor }) => onlyFor === who).length;
    const kept = entries.filter(({ by, facts }) => by === who && facts.attempt === 'open-form').length;
    if (kept < times) add('nothing lost', who, `${who} was refused the form ${times} times, on record ${kept}`);
  }
  return found;
}

function isWhole({ id, history }: RefusedSeen, audit: ReadonlyMap<string, readonly Entry[]>): boolean {
  const [entry, ...more] = history;
  if (!entry || more.length > 0) return false;
  const { hash, ...linked } = entry;
  const inAudit = audit.get(id) ?? [];
  return (
    linked.seq === 1 &&
    linked.previous === '' &&
    digest(linked) === hash &&
    inAudit.length === 1 &&
    inAudit[0]?.hash === hash
  );
}
