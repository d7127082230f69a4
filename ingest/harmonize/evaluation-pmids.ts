/**
 * The papers of evaluation sets, so that a training set can be kept clear of them: from documents in any format
 * that we read, or from a list of PMIDs, one a line.
 */
import { publicationOf } from "../../src/core/document.js";
import { readDocuments } from "../formats/read-documents.js";
import { readLines } from "../formats/reading/text-lines.js";

/** All PMIDs of the files together. Throws NOT_FOUND for no file, BAD_INPUT for one of no known form. */
export async function readEvaluationPmids(files: readonly string[]): Promise<Set<string>> {
  const pmids = new Set<string>();
  for (const file of files) {
    if (await isPmidList(file)) {
      for await (const { text } of readLines(file)) if (text.trim() !== "") pmids.add(text.trim());
    } else {
      for await (const document of readDocuments(file)) pmids.add(publicationOf(document));
    }
  }
  return pmids;
}

/** Whether the first line that is not blank is a number and nothing else. */
async function isPmidList(file: string): Promise<boolean> {
  for await (const { text } of readLines(file)) {
    if (text.trim() !== "") return /^\s*\d+\s*$/.test(text);
  }
  return false;
}
