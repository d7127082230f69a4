/**
 * Lists of PMIDs, one a line, as PubMed saves them and others write them.
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { BioWeftError } from "../../../src/core/errors.js";
import { fileChunks } from "../../formats/reading/file-chunks.js";
import { isPmid } from "../pubtator3/client.js";

/**
 * The PMIDs of a file, each once; what stands behind white space or # is not read. Throws BAD_INPUT with the line for what
 * is none, NOT_FOUND for no file.
 */
export async function readPmids(file: string): Promise<string[]> {
  const pmids = new Set<string>();
  let line = 0;
  for await (const text of createInterface({ input: Readable.from(fileChunks(file)) })) {
    line += 1;
    const [pmid = ""] = text
      .replace(/^\ufeff/, "")
      .replace(/#.*$/, "")
      .trim()
      .split(/[\s,;]+/);
    if (pmid === "" || (line === 1 && /^pmids?$/i.test(pmid))) continue;
    if (!isPmid(pmid)) {
      const reason = `"${pmid.slice(0, 40)}" is no PMID; give one a line, a whole number of one to nine digits`;
      throw new BioWeftError("BAD_INPUT", reason, { place: { file, line } });
    }
    pmids.add(pmid);
  }
  if (pmids.size > 0) return [...pmids];
  throw new BioWeftError("BAD_INPUT", "holds no PMID; give one a line", { place: { file } });
}
