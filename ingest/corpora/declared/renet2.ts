/**
 * RENET2: genes and diseases, each pair of an abstract judged related or not. It is published as tables without
 * texts (two rounds of 500 papers each), so its documents come by joining: `bioweft join` fetches the papers and
 * writes the file that is read here. Source: Su et al. 2021.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { BioWeftError } from "../../../src/core/errors.js";
import { readDocuments } from "../../formats/read-documents.js";
import { peekChunks } from "../../formats/reading/file-chunks.js";
import { plainChunks } from "../../formats/reading/plain-bytes.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** What `bioweft join` is to write beside the tables. */
const JOINED = "renet2.jsonl";
/** How the tables begin, and no document does. */
const TABLE_START = "pmid\t";

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
    const joined = new Set<string>();
    for (const path of paths) {
      const source = plainChunks(path);
      const { head, chunks } = await peekChunks(source, TABLE_START.length);
      if (head.toString() !== TABLE_START) yield* readDocuments(path, options, chunks);
      else joined.add(joinedFile(path, paths));
      await source.return(undefined);
    }
    for (const file of joined) yield* readDocuments(file, options);
  },
  labels: { Association: "Association" },
};

/** The joined documents in place of a table. Throws NOT_FOUND with the command that makes them. */
function joinedFile(table: string, tables: readonly string[]): string {
  const joined = join(dirname(table), JOINED);
  if (existsSync(joined)) return joined;
  const reason =
    "RENET2's tables hold no texts; fetch the papers and join them first: bioweft join " +
    `--pairs ${tables.join(" ")} --within document --pubtator3 papers.jsonl --out ${joined} ` +
    "(or another file, and give that with --from)";
  throw new BioWeftError("NOT_FOUND", reason, { place: { file: table } });
}
