/**
 * Feels whether the server answers at all, over a connection of its own, so that a pool full of slow queries does not look
 * like a server that is gone. Used by database.ts alone.
 */
import { setTimeout } from "node:timers/promises";
import { auth, type Driver, driver } from "neo4j-driver";
import type { DatabaseAddress } from "./query-options.js";

/** So long after a deadline an answer may still be in the socket, unread by a thread that was busy. */
const GRACE_MILLIS = 50;

/** A server's pulse. */
export class Pulse {
  #connection: Driver | undefined;
  readonly #address: DatabaseAddress;

  constructor(address: DatabaseAddress) {
    this.#address = address;
  }

  /** Whether it answers within so many milliseconds. */
  async feel(withinMillis: number): Promise<boolean> {
    const connection = this.#open();
    const beat = this.#ask(connection);
    const late = setTimeout(withinMillis, undefined, { ref: false })
      .then(() => setTimeout(GRACE_MILLIS, undefined, { ref: false }))
      .then(() => false);
    const isThere = await Promise.race([beat, late]);
    // What is stuck is left behind: the next look begins with a new connection.
    if (!isThere) this.#drop(connection);
    return isThere;
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    await this.#connection?.close();
    this.#connection = undefined;
  }

  async #ask(connection: Driver): Promise<boolean> {
    const session = connection.session();
    try {
      await session.run("RETURN 1");
      await session.close();
      return true;
    } catch {
      return false;
    }
  }

  #open(): Driver {
    const { uri, user, password } = this.#address;
    this.#connection ??= driver(uri, auth.basic(user, password), { maxConnectionPoolSize: 4 });
    return this.#connection;
  }

  #drop(connection: Driver): void {
    if (this.#connection === connection) this.#connection = undefined;
    connection.close().catch(() => undefined);
  }
}
