/**
 * What is said to the connection: where the server is, and how one query may be ended. Part of database.ts's interface.
 */

/** Where the server is and who we are to it. */
export interface DatabaseAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/** How long a query may take, in milliseconds, and who may call it off. */
export interface QueryOptions {
  readonly timeoutMillis?: number;
  readonly signal?: AbortSignal;
  /** A question of the server's own, which those who listen to queries do not hear. */
  readonly isAside?: boolean;
}
