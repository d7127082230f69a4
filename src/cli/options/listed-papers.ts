/**
 * Papers as commands take them: PMIDs on the command line, a file of them, or both.
 */
import type { Command } from "commander";
import { readPmids } from "../../../ingest/sources/papers/pmid-list.js";
import { checkPmid } from "../../../ingest/sources/pubtator3/client.js";
import { BioWeftError } from "../../core/errors.js";

/** What the command line says of them. */
export interface ListedPapers {
  readonly from?: string;
}

/** Adds `[pmid...]` and `--from`. */
export function withListedPapers(command: Command): Command {
  return command
    .argument("[pmid...]", "PubMed identifiers")
    .option("--from <file>", "a file of PMIDs, one a line, - for standard input");
}

/** The papers that were named, each once. Throws BAD_INPUT for none, and for what is no PMID; NOT_FOUND for no file. */
export async function listedPapers(given: readonly string[], { from }: ListedPapers): Promise<string[]> {
  given.forEach(checkPmid);
  const pmids = [...new Set([...given, ...(from === undefined ? [] : await readPmids(from))])];
  if (pmids.length === 0) throw new BioWeftError("BAD_INPUT", "name PMIDs, or give a file of them by --from");
  return pmids;
}
