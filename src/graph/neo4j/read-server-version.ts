/**
 * Reads which Neo4j answers, for health and for doctor.
 */
import { z } from "zod";
import type { Database } from "./database.js";

const versionRow = z.object({ version: z.string() });

/** The server's version, as in "5.26.0". */
export async function readServerVersion(database: Database): Promise<string> {
  const [row] = await database.read("server-version", {});
  return versionRow.parse(row).version;
}
