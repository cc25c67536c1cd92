/** Where a process dies: before or after one of the calls it makes, counted from 1; it does nothing afterwards. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Every death at one of the first `calls` calls. */
export function deathsAt(calls: number): readonly Death[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when })),
  );
}

/** A part, such as a connection, whose calls are counted, and that dies before or after one of them and at every later one. */
export function mortal<T extends object>(part: T, dies: Death): T {
  let calls = 0;
  return new Proxy(part, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        calls++;
        if (calls > dies.at || (calls === dies.at && dies.when === 'before')) throw new Error('the process died');
        const result = await value.apply(target, args);
        if (calls === dies.at) throw new Error('the process died');
        return result;
      };
    },
  });
}
