/**
 * How late the versions of papers are that update files brought, as the graph remembers it: with it files can be applied
 * twice, in parts and in any order. A paper that only a baseline told has none, as everything else is later.
 */
import type { VersionRank } from "../../core/sources/source-item.js";
import type { Database } from "../neo4j/database.js";

/** The ranks of those papers that have one. Throws DATABASE. */
export async function versionRanks(
  database: Database,
  pmids: readonly string[],
): Promise<Map<string, VersionRank>> {
  const rows = await database.read("version-ranks", { pmids: [...pmids] });
  return new Map(
    rows.map((row) => [String(row["pmid"]), { file: String(row["file"]), version: Number(row["version"]) }]),
  );
}

/** Records ranks, once what they speak of is in the graph. Throws DATABASE. */
export async function recordVersionRanks(
  database: Database,
  ranks: ReadonlyMap<string, VersionRank>,
): Promise<void> {
  if (ranks.size === 0) return;
  const rows = [...ranks].map(([pmid, { file, version }]) => ({ pmid, file, version }));
  await database.write("record-version-ranks", { rows });
}
