/** The options that say which documents of a corpus are meant, so that a model is asked about what it has not seen. */
import type { Command } from "commander";
import type { Document } from "../../core/document.js";
import { readHeldPapers } from "../../lab/training/held-papers.js";
import { atLeastOne, count } from "./number-options.js";

/** Their values. */
export interface DocumentRange {
  readonly skip: number;
  readonly limit?: number;
  readonly kept?: string;
}

/** Adds `--skip`, `--limit` and `--kept` to a command. */
export function withDocumentRange(command: Command): Command {
  return command
    .option(
      "--skip <n>",
      "pass over the first n documents, such as those that `train --limit n` read",
      count,
      0,
    )
    .option("--limit <n>", "take n documents at most", atLeastOne)
    .option("--kept <run>", "only documents that the training with this --run folder kept back");
}

/** The documents that the options leave, as they stream. Throws NOT_FOUND and CONFIG as readHeldPapers does. */
export async function* inRange(
  documents: AsyncIterable<Document>,
  { skip, limit = Number.POSITIVE_INFINITY, kept }: DocumentRange,
  corpus: string,
): AsyncGenerator<Document> {
  const papers = kept === undefined ? undefined : await readHeldPapers(kept, corpus);
  let [passed, given] = [0, 0];
  for await (const document of documents) {
    if (papers !== undefined && !papers.has(document.pmid)) continue;
    if (passed++ < skip) continue;
    yield document;
    if (++given === limit) return;
  }
}
