import type { Problem } from './problem.ts';

/** What is easily read for what, among the characters a name may have. Longer ones first. */
const READ_AS: readonly (readonly [seen: RegExp, as: string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/0/g, 'o'],
  [/[1i]/g, 'l'],
  [/5/g, 's'],
  [/[_.-]+/g, '-'],
];

/** Names of instances that a tired reader takes for each other: whoever confirms must know which one is meant. */
export function lookAlikes(names: readonly string[]): readonly Problem[] {
  const firstBySight = new Map<string, string>();
  return names.flatMap((name) => {
    const sight = READ_AS.reduce((text, [seen, as]) => text.replaceAll(seen, as), name.toLowerCase());
    const other = firstBySight.get(sight);
    if (other === undefined) {
      firstBySight.set(sight, name);
      return [];
    }
    return [
      {
        where: `instances.${name}`,
        what: `looks like ${other}: name one of them so that nobody takes it for the other`,
      },
    ];
  });
}
