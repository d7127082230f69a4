/**
 * Raises the graph's version and notes which relations a write touched, for readers who keep a copy and bring it up to date.
 * Part of a write's transaction.
 */
import type { WriteTransaction } from "../neo4j/database.js";

/** Relations that a note lists; what touches more is read anew as a whole. */
const MOST_NOTED = 2_000;

/** Notes a change of these relations; `isWhole` says whether nothing else that a copy holds has changed. */
export async function noteChange(
  transaction: WriteTransaction,
  relations: readonly string[],
  isWhole = true,
): Promise<void> {
  const isListed = isWhole && relations.length <= MOST_NOTED;
  await transaction.run("raise-graph-version", {});
  await transaction.run("note-change", { relations: isListed ? relations : [], isWhole: isListed });
}
