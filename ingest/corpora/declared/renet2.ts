/**
 * RENET2: genes and diseases, each pair of an abstract judged related or not. It is published as tables without
 * texts (two rounds of 500 papers each), so its documents come by joining: `bioweft join` fetches the papers and
 * writes the file that is read here. Source: Su et al. 2021.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { BioWeftError } from "../../../src/core/errors.js";
import { readDocumentFiles } from "../../formats/read-documents.js";
import { readLines } from "../../formats/reading/text-lines.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** What `bioweft join` is to write beside the tables. */
const JOINED = "renet2.jsonl";

/** The declaration of RENET2. */
export const RENET2: CorpusDeclaration = {
  name: "renet2",
  prompt: "RENET2",
  licence: "BSD-3-Clause (the tables)",
  publisher: {
    about: "Genes and diseases of 1,000 abstracts, tables without texts",
    page: "https://github.com/sujunhao/RENET2",
    downloads: [],
  },
  released: false,
  ...adjusted({ spans: "a2", input: "b1", negatives: "c1", types: "d2", tags: "e2" }, "None-RENET2"),
  pairTypes: ["D-G"],
  files: { train: ["ann_1st.tsv", "ann_2nd.tsv"], dev: [], test: [] },
  read: async function* (paths, options) {
    for (const path of await joinedFiles(paths)) yield* readDocumentFiles([path], options);
  },
  labels: { Association: "Association" },
};

/** The joined documents in place of the tables. Throws NOT_FOUND with the command that makes them. */
async function joinedFiles(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const files = new Set<string>();
  for (const path of paths) {
    const joined = join(dirname(path), JOINED);
    if (!(await isTable(path))) files.add(path);
    else if (existsSync(joined)) files.add(joined);
    else {
      const reason =
        "RENET2's tables hold no texts; fetch the papers and join them first: bioweft join " +
        `--pairs ${paths.join(" ")} --within document --pubtator3 papers.jsonl --out ${joined} ` +
        "(or another file, and give that with --from)";
      throw new BioWeftError("NOT_FOUND", reason, { place: { file: path } });
    }
  }
  return files;
}

async function isTable(path: string): Promise<boolean> {
  for await (const { text } of readLines(path)) return /^pmid\t/.test(text);
  return false;
}
