/**
 * How many free texts may be read or wait to be read at a time. They are read one after the other, so whoever came later
 * than these would wait longer than its request may take, and is told so at once.
 */
import { BioWeftError } from "../../core/errors.js";

/** Texts under way. */
export class TextTurns {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Does the work, or throws RATE_LIMITED where too many are at it. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#most) {
      const reason = `${this.#taken} texts are being read or wait for it, as many as may; try again soon`;
      throw new BioWeftError("RATE_LIMITED", reason);
    }
    this.#taken += 1;
    try {
      return await work();
    } finally {
      this.#taken -= 1;
    }
  }
}
