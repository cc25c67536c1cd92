import { inspect } from 'node:util';

/**
 * The password of a new instance, which Aura tells once. It shows itself to nobody who prints, logs or serialises it; only
 * `reveal` gives it out.
 */
export class OneTimePassword {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '(one-time password)';
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
