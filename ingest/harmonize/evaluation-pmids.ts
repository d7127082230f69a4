/**
 * The papers of evaluation sets, so that a training set can be kept clear of them: from documents in any format
 * that we read, or from a list of PMIDs, one a line.
 */
import { publicationOf } from "../../src/core/document.js";
import { readDocuments } from "../formats/read-documents.js";
import { peekChunks } from "../formats/reading/file-chunks.js";
import { plainChunks } from "../formats/reading/plain-bytes.js";
import { readLines } from "../formats/reading/text-lines.js";

/** All PMIDs of the files together. Throws NOT_FOUND for no file, BAD_INPUT for one of no known form. */
export async function readEvaluationPmids(files: readonly string[]): Promise<Set<string>> {
  const pmids = new Set<string>();
  for (const file of files) {
    const { head, chunks } = await peekChunks(plainChunks(file), PEEKED_BYTES);
    if (isPmidList(head)) {
      for await (const { text } of readLines(file, chunks)) if (text.trim() !== "") pmids.add(text.trim());
    } else {
      for await (const document of readDocuments(file, {}, chunks)) pmids.add(publicationOf(document));
    }
  }
  return pmids;
}

const PEEKED_BYTES = 1 << 10;

/** Whether the first line that is not blank is a number and nothing else. */
function isPmidList(head: Buffer): boolean {
  return /^\s*\d+[^\S\n]*(?:\n|$)/.test(head.toString("utf8").replace(/^\ufeff/, ""));
}
