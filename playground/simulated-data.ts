import type { ProductionData } from './auto.ts';
import { PRODUCTION, type World } from './world.ts';

/** Stands in for a database where no real one is: a version that snapshots keep and restores bring back. */
export function simulatedData(world: World): ProductionData {
  const instance = () => world.aura.instances.find(PRODUCTION.id);
  return {
    async damage() {
      instance().dataVersion = 'every price set to 0';
      return 'a bad import set every price to 0 (simulated data)';
    },
    async describe() {
      return `simulated data "${instance().dataVersion}"`;
    },
  };
}
