/**
 * Reads the keys of the API.
 */
import { z } from "zod";
import { type ApiKey, ROLES } from "../../core/api/access.js";
import type { Database, QueryOptions } from "../neo4j/database.js";

const keyRow = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  hash: z.string(),
  createdAtMillis: z.number(),
  revokedAtMillis: z.number().nullable(),
});

/** Every key that was ever made, revoked ones too, the oldest first. */
export async function readApiKeys(database: Database, options: QueryOptions = {}): Promise<ApiKey[]> {
  const rows = await database.read("api-keys", {}, options);
  return rows.map((row) => keyRow.parse(row));
}
