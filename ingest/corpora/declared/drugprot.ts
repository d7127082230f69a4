/**
 * DrugProt: chemical–gene relations inside sentences, as three tab-separated files beside one another:
 * abstracts (the published name says `abstracs`), entities, relations. It gives no identifiers, so each mention
 * is an entity of its own. Source: Miranda et al. 2021; mapping to BioRED: Lai et al. 2023.
 */
import { basename, dirname, join } from "node:path";
import type { Document } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { readEntityTables } from "../../formats/tables/entity-tables.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

const UP = ["ACTIVATOR", "AGONIST", "AGONIST-ACTIVATOR", "INDIRECT-UPREGULATOR"];
const DOWN = ["AGONIST-INHIBITOR", "ANTAGONIST", "INDIRECT-DOWNREGULATOR", "INHIBITOR"];
const OTHER = ["DIRECT-REGULATOR", "PART-OF", "PRODUCT-OF", "SUBSTRATE", "SUBSTRATE_PRODUCT-OF"];
const label = (names: readonly string[], type: string) => names.map((name) => [name, type]);

/** The three tables of a split, as published. */
function tables(prefix: string): string[] {
  return ["abstracs", "entities", "relations"].map((part) => `${prefix}${part}.tsv`);
}

/** The declaration of DrugProt. */
export const DRUGPROT: CorpusDeclaration = {
  name: "drugprot",
  prompt: "DrugProt",
  licence: "CC BY 4.0",
  publisher: {
    about: "5,000 abstracts, chemicals and genes within sentences",
    page: "https://zenodo.org/records/5119892",
    downloads: [
      {
        url: "https://zenodo.org/record/5119892/files/drugprot-training-development-test-background.zip",
        unpack: "zip",
      },
    ],
  },
  paper: { abstracts: 4250, relations: 21035, differs: "its development set, 750 documents, is held back" },
  released: true,
  ...adjusted({ spans: "a1", input: "b2", negatives: "c1", types: "d1", tags: "e1" }, "None-BC7"),
  pairTypes: ["C-G"],
  files: { train: tables("drugprot_training_"), dev: tables("drugprot_development_"), test: [] },
  read: readDrugProt,
  companions: (path) => {
    const prefix = basename(path).replace(/(?:abstrac(?:ts|s)|entities|relations)\.tsv$/, "");
    const [, ...others] = tables(prefix);
    const abstracts = /abstracts\.tsv$/.test(path) ? `${prefix}abstracts.tsv` : `${prefix}abstracs.tsv`;
    return [abstracts, ...others].map((name) => join(dirname(path), name));
  },
  labels: Object.fromEntries([
    ...label(UP, "Positive_Correlation"),
    ...label(DOWN, "Negative_Correlation"),
    ...label(OTHER, "Association"),
  ]),
  compat: {
    tag: "Drugprot",
    typeNames: { Chemical: "CHEMICAL", Gene: "GENE" },
    labels: {},
    noneLabel: "None-BC7",
    variants: true,
    text: "tokenised",
    body: "sentence",
    window: "sentences",
  },
};

/** Streams the abstracts of one split's tables; all labels of a pair are kept. Throws BAD_INPUT with file and line. */
function readDrugProt(paths: readonly string[], options: ReadOptions): AsyncIterable<Document> {
  const relationOf = ([, type = "", one = "", other = ""]: readonly string[]) => ({ type, one, other });
  const table = { prefix: "DrugProt", paths, relationColumns: 4, relationOf, distinct: false };
  return readEntityTables(table, options);
}
