/**
 * What Aura's documents say of a tier's snapshots. Defaults only: what the API lists is the truth, and the operator may
 * set another retention (Aura documentation, "Backup, export, restore, and upload", table "Snapshot details").
 */
export interface Tier {
  readonly name: string;
  readonly retentionDays: number;
  readonly frequency: string;
  /** Each snapshot takes the place of the one before. Absent: they are kept beside each other. */
  readonly keepsOne?: true;
}

const TIERS: Readonly<Record<string, Tier>> = {
  'free-db': {
    name: 'AuraDB Free',
    retentionDays: 30,
    frequency: 'on demand only, the latest is kept',
    keepsOne: true,
  },
  'professional-db': { name: 'AuraDB Professional', retentionDays: 7, frequency: 'daily' },
  'business-critical': {
    name: 'AuraDB Business Critical',
    retentionDays: 30,
    frequency: 'daily full, hourly differential',
  },
  'enterprise-db': {
    name: 'AuraDB Virtual Dedicated Cloud',
    retentionDays: 60,
    frequency: 'daily full, hourly differential',
  },
  'professional-ds': { name: 'AuraDS Professional', retentionDays: 7, frequency: 'daily' },
  'enterprise-ds': { name: 'AuraDS Enterprise', retentionDays: 14, frequency: 'daily' },
};

/** The shortest retention any paid tier has, for a type nobody knows. */
const UNKNOWN: Tier = { name: 'unknown tier', retentionDays: 7, frequency: 'unknown' };

/** The tier of an Aura instance type such as `professional-db`. */
export function tierOf(type: string | undefined): Tier {
  return (type !== undefined && Object.hasOwn(TIERS, type) && TIERS[type]) || UNKNOWN;
}
