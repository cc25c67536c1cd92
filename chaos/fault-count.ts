/** Where somebody has things go wrong: the faults of a simulator. */
interface Injectable<Fault> {
  add(fault: Fault, forMs?: number): void;
}

/** Counts what is injected into simulators from the moment on that they are watched, by who and what, whoever injects it. */
export interface FaultCount {
  watch<Fault extends { readonly kind: string }>(who: string, faults: Injectable<Fault>): void;
  /** How often each was injected, as `Aura reset`. A fault for several calls counts once. */
  counts(): Readonly<Record<string, number>>;
}

export function createFaultCount(): FaultCount {
  const counted: Record<string, number> = {};
  return {
    watch(who, faults) {
      const add = faults.add.bind(faults);
      faults.add = (fault, forMs) => {
        const name = `${who} ${fault.kind}`;
        counted[name] = (counted[name] ?? 0) + 1;
        add(fault, forMs);
      };
    },
    counts: () => ({ ...counted }),
  };
}
