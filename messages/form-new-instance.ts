import type { KnownBlock } from '@slack/types';
import { policyForNewInstance } from '../src/restore/new-instance/policy.ts';
import { moneyWords } from '../src/restore/new-instance/price.ts';
import { type NewInstanceRules, newInstanceProblem, type Size, sizesFor } from '../src/restore/new-instance/rules.ts';
import { usability } from '../src/restore/snapshot.ts';
import { ACTION, FIELD } from './action-ids.ts';
import type { RestoreFormModel } from './form-model.ts';
import { adviceTimeWords } from './loss-words.ts';
import { newInstanceProblemWords, priceLine } from './new-instance-words.ts';
import { duration, escaped, option, past, section } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** The lives that are offered, in hours. */
const LIVES_HOURS = [2, 8, 24, 72, 168];
const MOST_OPTIONS = 100;

/** How large the new instance is to be and how long it is to live. */
export function newInstanceBlocks(model: RestoreFormModel, words: Words): KnownBlock[] {
  const { chosen } = model;
  const rules = rulesIn(model);
  if (!chosen || !rules || chosen.look.kind !== 'seen') return [];
  const sizes = sizesOf(model, rules).slice(0, MOST_OPTIONS);
  if (sizes.length === 0) return [section(words.newInstance.noSize)];
  const size = chosenSize(model, rules);
  const life = chosenLife(model, rules);
  const sizeOption = ({ type, memory, price }: Size) =>
    option(
      words.newInstance.sizeOption({
        memory: `${type} ${memory}`,
        perHour: moneyWords(price.perHour, price.currency),
      }),
      `${type} ${memory}`,
    );
  const lifeOption = (minutes: number) => option(duration(minutes, words), String(minutes));
  return [
    {
      type: 'input',
      block_id: `${FIELD.newSize}:${chosen.policy.alias}`,
      dispatch_action: true,
      label: { type: 'plain_text', text: words.newInstance.size },
      element: {
        type: 'static_select',
        action_id: ACTION.chooseSize,
        options: sizes.map(sizeOption),
        ...(size ? { initial_option: sizeOption(size) } : {}),
      },
    },
    {
      type: 'input',
      block_id: `${FIELD.life}:${chosen.policy.alias}`,
      dispatch_action: true,
      label: { type: 'plain_text', text: words.newInstance.life },
      element: {
        type: 'static_select',
        action_id: ACTION.chooseLife,
        options: livesOf(rules).map(lifeOption),
        initial_option: lifeOption(life),
      },
    },
  ];
}

/** What it means to ask for it: nothing is lost, what it costs, when it is gone. */
export function newInstanceMeaning(model: RestoreFormModel, words: Words): string[] {
  const { chosen, snapshot, newInstance } = model;
  const rules = rulesIn(model);
  if (!chosen || !rules) return [words.newInstance.problem.notConfigured];
  if (!snapshot) return [words.form.meaning.choose];
  const usable = usability(snapshot);
  if (!usable.usable) return [words.form.meaning.unusable(words.form.snapshot.unusable[usable.why])];
  if (snapshot.exportable === false) return [words.methods.refusal.notExportable];
  const size = chosenSize(model, rules);
  if (!size) return [words.newInstance.noSize];
  const liveForMinutes = chosenLife(model, rules);
  const { spent = 0 } = newInstance ?? {};
  const sourceMemory = chosen.look.kind === 'seen' ? chosen.look.memory : undefined;
  const problem = newInstanceProblem({ ...size, liveForMinutes }, { rules, sourceMemory, spent });
  if (problem) return [newInstanceProblemWords(problem, words)];
  const money = (amount: number) => moneyWords(amount, size.price.currency);
  return [
    ...(model.previewOf ? [words.newInstance.previewOf(model.previewOf)] : []),
    words.newInstance.nothingLost({
      source: escaped(chosen.policy.alias),
      what: escaped(`${size.type} ${size.memory}`),
      point: past(snapshot.takenAt),
    }),
    words.newInstance.untilItRuns(
      adviceTimeWords('new-instance', { policy: chosen.policy, memory: sourceMemory, earlier: chosen.earlier }, words),
    ),
    priceLine({ price: size.price, liveForMinutes }, words),
    words.newInstance.spent({ spent: money(spent), cap: money(rules.monthlyCap) }),
    words.newInstance.removal(duration(liveForMinutes, words)),
    words.newInstance.whoSees,
  ];
}

function rulesIn({ chosen, previewOf }: RestoreFormModel): NewInstanceRules | undefined {
  return chosen && policyForNewInstance(chosen.policy, { previewOf }).newInstance;
}

function sizesOf({ chosen }: RestoreFormModel, rules: NewInstanceRules): readonly Size[] {
  return chosen?.look.kind === 'seen' ? sizesFor(rules, chosen.look) : [];
}

function chosenSize(model: RestoreFormModel, rules: NewInstanceRules): Size | undefined {
  const sizes = sizesOf(model, rules);
  return sizes.find(({ type, memory }) => `${type} ${memory}` === model.newInstance?.size) ?? sizes[0];
}

function livesOf({ usualMinutes, longestMinutes }: NewInstanceRules): readonly number[] {
  const offered = [...LIVES_HOURS.map((hours) => hours * 60), usualMinutes, longestMinutes];
  return [...new Set(offered)].filter((minutes) => minutes <= longestMinutes).sort((one, other) => one - other);
}

function chosenLife({ newInstance }: RestoreFormModel, rules: NewInstanceRules): number {
  const { liveForMinutes } = newInstance ?? {};
  return liveForMinutes !== undefined && livesOf(rules).includes(liveForMinutes) ? liveForMinutes : rules.usualMinutes;
}
