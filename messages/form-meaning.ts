import type { KnownBlock } from '@slack/types';
import { policyWithSource } from '../src/restore/both-instances.ts';
import { tierRefusal } from '../src/restore/chosen-method.ts';
import { estimateDowntime } from '../src/restore/estimate.ts';
import { leadMinutesFor } from '../src/restore/lead.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import { policyForNewInstance } from '../src/restore/new-instance/policy.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { usability } from '../src/restore/snapshot.ts';
import { noticePlaces } from '../src/restore/stakeholders.ts';
import type { ApprovalRule } from '../src/restore/terms.ts';
import { dependantsWords } from './card-request.ts';
import { fileLossLines } from './form-file.ts';
import type { RestoreFormModel } from './form-model.ts';
import { newInstanceMeaning } from './form-new-instance.ts';
import { blockOfReceipt } from './loss-receipt.ts';
import { downtimeWords, rpoVerdict, rtoVerdict } from './loss-words.ts';
import { everybody, ruleName, shorterLeadLines, toldWords } from './people.ts';
import { divider, duration, escaped, past, section } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** "What this means": drawn again with each choice, so that nobody asks for something without having seen its price. */
export function meaningBlocks(model: RestoreFormModel, words: Words): KnownBlock[] {
  const { form, request, reasons } = words;
  const { chosen, method, source } = model;
  if (!chosen) return [];
  const { look } = chosen;
  const isNew = method === 'new-instance';
  const own = isNew ? policyForNewInstance(chosen.policy, model) : chosen.policy;
  const policy = source && method === 'overwrite' ? policyWithSource(own, source) : own;
  const memory = look.kind === 'seen' ? look.memory : undefined;
  const estimate = estimateDowntime(policy.estimate, memory, chosen.earlier);
  const lead = leadMinutesFor(policy, model.isUrgent ?? false);
  const lines = [
    ...(isNew
      ? newInstanceMeaning(model, words)
      : [
          ...lossLinesOf(model, words),
          request.downtime({
            downtime: downtimeWords({ estimate }, words),
            verdict: rtoVerdict(estimate.toMinutes, policy.objectives.rtoMinutes, words),
          }),
          form.meaning.goesBackToo(reasons.alsoGoesBack),
        ]),
    ...askedLines(policy, model, words),
    request.willBeTold(toldWords(noticePlaces({ plan: policy, terms: policy }), lead, words)),
    ...shorterLeadLines(lead, policy.noticeLeadMinutes, words),
    ...(policy.dependants.length > 0 ? [request.dependsOnIt(dependantsWords(policy.dependants, words))] : []),
  ];
  return [divider(), section(`${form.meaning.title}\n${lines.join('\n')}`), ...receiptBlocks(chosen, words), divider()];
}

/** What the live data says, as far as it was looked at by now; the card goes on where the form ends. */
function receiptBlocks({ receipt }: NonNullable<RestoreFormModel['chosen']>, words: Words): KnownBlock[] {
  if (!receipt) return [];
  return [receipt === 'looking' ? section(words.receipt.beingLooked) : blockOfReceipt(receipt, words)];
}

function lossLinesOf(model: RestoreFormModel, words: Words): string[] {
  const look = model.chosen?.look;
  const onTier = look?.kind === 'seen' && tierRefusal(model.method ?? 'restore-snapshot', look.type);
  if (onTier) return [words.methods.refusal.onTier[onTier.method](onTier.tier)];
  switch (model.method) {
    case 'overwrite':
      return overwriteLossLines(model, words);
    case 'backup-file':
    case 'upload':
      return fileLossLines(model, words);
    default:
      return model.snapshot ? lossLines(model, words) : [words.form.meaning.choose];
  }
}

/** What becomes of the target of an overwrite, said as the card will say it. */
function overwriteLossLines({ chosen, source, snapshot, isLive, now }: RestoreFormModel, words: Words): string[] {
  const { methods, form } = words;
  if (!chosen || !source) return [methods.missingSource];
  const both = { target: escaped(chosen.policy.alias), source: escaped(source.alias) };
  if (isLive) return [methods.replacedLive(both)];
  if (!snapshot) return [form.meaning.choose];
  const usable = usability(snapshot);
  if (!usable.usable) return [form.meaning.unusable(form.snapshot.unusable[usable.why])];
  if (snapshot.exportable === false) return [methods.refusal.notExportable];
  return [
    methods.replaced({ ...both, point: past(snapshot.takenAt) }),
    methods.copyAge(duration(dataLossMinutes(snapshot.takenAt, now), words)),
  ];
}

/** Whom the request asks, and how many people are notified when it is sent. */
function askedLines({ approval }: InstancePolicy, { chosen, now }: RestoreFormModel, words: Words): string[] {
  const { meaning } = words.form;
  const asked = chosen?.asked;
  const known = asked?.people;
  const isAtLeast = known?.isWhole === false;
  const peopleOf = (rule: ApprovalRule) => {
    const count = known?.byRule[rule.name];
    const people = everybody(rule, words, asked && { at: now, onCall: asked.onCall });
    return count === undefined ? people : `${people}${meaning.people({ count, isAtLeast })}`;
  };
  const rules = asked?.rules ?? approval.rules;
  const [first, ...others] = rules;
  const lines =
    first?.needed === 1 && others.length === 0
      ? [meaning.askedToConfirm(peopleOf(first))]
      : rules.map((rule) =>
          meaning.mustAgree({ needed: rule.needed, rule: ruleName(rule, words), people: peopleOf(rule) }),
        );
  return known ? [...lines, meaning.notified({ count: known.notified, unable: known.unable, isAtLeast })] : lines;
}

function lossLines({ snapshot, now, start, chosen }: RestoreFormModel, words: Words): string[] {
  const { request, form } = words;
  if (!snapshot || !chosen) return [];
  const usable = usability(snapshot);
  if (!usable.usable) return [form.meaning.unusable(form.snapshot.unusable[usable.why])];
  const at = start.kind === 'at' && start.at && start.at > now ? start.at : now;
  const loss = dataLossMinutes(snapshot.takenAt, at);
  return [
    request.lost(past(snapshot.takenAt)),
    form.meaning.dataLoss({
      loss: duration(loss, words),
      isNow: at === now,
      verdict: rpoVerdict(loss, chosen.policy.objectives.rpoMinutes, words),
    }),
    ...(usable.caution ? [form.meaning.caution] : []),
  ];
}
