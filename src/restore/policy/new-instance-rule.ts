import { type NewInstanceRules, type PreviewRules, rulesOfPreview } from '../new-instance/rules.ts';
import { APPROVAL } from './people-rules.ts';
import { isEqual, LESS_IS_TIGHTER, type SettingRule, type Weight } from './tighter.ts';

/** What may be made, who must agree and for how much. Nothing at all is the tightest; what it costs is Aura's to say. */
export const NEW_INSTANCE: SettingRule<NewInstanceRules | undefined> = {
  weigh: (inForce, proposed, now) => {
    if (isEqual(inForce, proposed)) return [];
    if (!inForce) return ['loosens'];
    if (!proposed) return ['tightens'];
    const weights = [
      ...LESS_IS_TIGHTER.weigh(inForce.monthlyCap, proposed.monthlyCap, now),
      ...weightsOfMaking(inForce, proposed, now),
      ...(inForce.preview || proposed.preview
        ? weightsOfMaking(rulesOfPreview(inForce), rulesOfPreview(proposed), now)
        : []),
    ];
    return weights.length > 0 ? weights : ['neutral'];
  },
  tighter: (inForce, proposed) => {
    if (!inForce || !proposed) return undefined;
    const { approval: _, sizes: __, preview: ___, ...rest } = proposed;
    const preview =
      inForce.preview || proposed.preview
        ? tighterMaking(rulesOfPreview(inForce), rulesOfPreview(proposed))
        : undefined;
    return {
      ...rest,
      monthlyCap: Math.min(inForce.monthlyCap, proposed.monthlyCap),
      ...tighterMaking(inForce, proposed),
      ...(preview ? { preview } : {}),
    };
  },
};

/** What one instance may be and who must agree to it. */
function weightsOfMaking(inForce: NewInstanceRules, proposed: NewInstanceRules, now: string): readonly Weight[] {
  return [
    ...LESS_IS_TIGHTER.weigh(inForce.longestMinutes, proposed.longestMinutes, now),
    ...weightsOfSizes(inForce.sizes, proposed.sizes),
    ...weightsOfApproval(inForce, proposed, now),
  ];
}

function tighterMaking(inForce: NewInstanceRules, proposed: NewInstanceRules): PreviewRules {
  const sizes = bothOf(inForce.sizes, proposed.sizes);
  const approval =
    inForce.approval && proposed.approval ? APPROVAL.tighter(inForce.approval, proposed.approval) : inForce.approval;
  return {
    longestMinutes: Math.min(inForce.longestMinutes, proposed.longestMinutes),
    usualMinutes: Math.min(inForce.longestMinutes, proposed.usualMinutes),
    ...(sizes ? { sizes } : {}),
    ...(approval ? { approval } : {}),
  };
}

type Sizes = NewInstanceRules['sizes'];

function weightsOfSizes(inForce: Sizes, proposed: Sizes): readonly Weight[] {
  const isWithin = (few: Sizes, many: Sizes) => !many || (few?.every((size) => many.includes(size)) ?? false);
  return [
    ...(isWithin(proposed, inForce) ? [] : (['loosens'] as const)),
    ...(isWithin(inForce, proposed) ? [] : (['tightens'] as const)),
  ];
}

/** Between rules of its own and those of every restore nobody can tell which are tighter. */
function weightsOfApproval(inForce: NewInstanceRules, proposed: NewInstanceRules, now: string): readonly Weight[] {
  if (inForce.approval && proposed.approval) return APPROVAL.weigh(inForce.approval, proposed.approval, now);
  return inForce.approval || proposed.approval ? ['loosens'] : [];
}

function bothOf(one: Sizes, other: Sizes): Sizes {
  return one && other ? one.filter((size) => other.includes(size)) : (one ?? other);
}
