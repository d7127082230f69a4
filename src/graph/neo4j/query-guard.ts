/**
 * Watches one query's deadline and signal: closing the session makes the server drop its transaction. Who waits hears
 * at once, also where the server does not answer any more. Used by database.ts alone.
 */
import type { Session } from "neo4j-driver";
import { BioWeftError } from "../../core/errors.js";
import type { QueryOptions } from "./query-options.js";

/** Why a signal ended a query: the reason it carries, if that is one of ours, else CANCELLED. */
export function endedBy(signal: AbortSignal): BioWeftError {
  const { reason } = signal;
  return reason instanceof BioWeftError ? reason : new BioWeftError("CANCELLED", "the query was cancelled");
}

/** One session's watch; release it when the query is over. */
export class Guard {
  readonly transactionConfig: { timeout?: number };
  private readonly timer: NodeJS.Timeout | undefined;
  private ended: BioWeftError | undefined;
  private fail: ((fault: Error) => void) | undefined;
  private readonly cancel = (): void => {
    if (this.options.signal !== undefined) this.end(endedBy(this.options.signal));
  };

  constructor(
    private readonly session: Session,
    private readonly options: QueryOptions,
  ) {
    const { timeoutMillis, signal } = options;
    this.transactionConfig = timeoutMillis === undefined ? {} : { timeout: Math.max(1, timeoutMillis) };
    signal?.addEventListener("abort", this.cancel, { once: true });
    if (timeoutMillis !== undefined) {
      const reason = "the query passed its deadline; ask for less or allow more";
      this.timer = setTimeout(() => this.end(new BioWeftError("TIMEOUT", reason)), timeoutMillis);
    }
  }

  /** Settles as the work does, or at once when the deadline passes or the signal fires. */
  async race<T>(work: Promise<T>): Promise<T> {
    const stopped = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    // A cancelled transaction still rejects later, when nobody listens any more: its fault is known already.
    work.catch(() => undefined);
    return await Promise.race([work, stopped]);
  }

  /** Why we ended the query, where we did. */
  verdict(): { ended?: BioWeftError } {
    return this.ended === undefined ? {} : { ended: this.ended };
  }

  /** Stops watching. */
  release(): void {
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener("abort", this.cancel);
  }

  /** Closes the session; one that was ended closes behind the caller's back, since a frozen server never agrees to it. */
  async close(): Promise<void> {
    if (this.ended === undefined) await this.session.close();
  }

  private end(why: BioWeftError): void {
    this.ended ??= why;
    this.fail?.(this.ended);
    this.session.close().catch(() => undefined);
  }
}
