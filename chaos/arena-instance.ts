/** One database of the arena. */
export interface ArenaInstance {
  readonly alias: string;
  readonly auraId: string;
  /** Requests for it expire within seconds, and so do approvals. */
  readonly isHasty: boolean;
  /** Two rules must be filled, by different people. */
  readonly needsTwo: boolean;
  /** The confirmation asks for the restore point's time. */
  readonly isProduction: boolean;
  /** New instances, files and exports are configured for it: see `equipment.ts`. */
  readonly isEquipped: boolean;
  /** The alias of the instance whose data may overwrite it. */
  readonly source?: string;
  /** Two approvers who take no other part, so that a place can be handed over without changing whose votes count. */
  readonly deputies: readonly [from: string, to: string];
}

type Kind = Pick<ArenaInstance, 'isHasty' | 'needsTwo' | 'isProduction' | 'isEquipped'>;

/** The kinds of instances take turns. */
const KINDS: readonly Partial<Kind>[] = [
  { isHasty: true },
  { needsTwo: true },
  { isProduction: true },
  {},
  { needsTwo: true, isProduction: true },
  {},
];
/** The kind of which each may be overwritten from the next plain one. */
const MAY_BE_OVERWRITTEN = 3;
const PLAIN: Kind = { isHasty: false, needsTwo: false, isProduction: false, isEquipped: false };

/** So many of the kinds in turn, and so many more that are equipped. */
export function instancesFor(count: number, equipped: number): readonly ArenaInstance[] {
  return [
    ...Array.from({ length: count }, (_, index) => ({
      ...instanceAt(index),
      ...KINDS[index % KINDS.length],
      // From one of its kind, so that the same people decide about both.
      ...(index % KINDS.length === MAY_BE_OVERWRITTEN && index + 2 < count ? { source: aliasOf(index + 2) } : {}),
    })),
    ...Array.from({ length: equipped }, (_, index) => ({ ...instanceAt(count + index), isEquipped: true })),
  ];
}

function instanceAt(index: number) {
  return {
    alias: aliasOf(index),
    auraId: (0xc0000000 + index).toString(16),
    deputies: [`U0DEP${2 * index}`, `U0DEP${2 * index + 1}`] as const,
    ...PLAIN,
  };
}

function aliasOf(index: number): string {
  return `db-${String(index).padStart(3, '0')}`;
}
