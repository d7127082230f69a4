/**
 * Keeps and ends keys of the API. Theirs is no part of the graph that others see.
 */
import type { ApiKey } from "../../core/api/access.js";
import type { Database } from "../neo4j/database.js";

/** Keeps a new key. */
export async function writeApiKey(database: Database, key: ApiKey): Promise<void> {
  const { id, name, role, hash, createdAtMillis } = key;
  await database.write("create-api-key", { id, name, role, hash, createdAtMillis });
}

/** Ends a key; false where no key has this id. */
export async function revokeApiKey(database: Database, id: string): Promise<boolean> {
  const rows = await database.write("revoke-api-key", { id, revokedAtMillis: Date.now() });
  return rows.length > 0;
}
