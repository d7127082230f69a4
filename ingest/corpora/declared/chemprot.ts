/**
 * ChemProt: chemical–protein relations inside sentences, DrugProt's forerunner, as tab-separated tables. Its ten
 * labels come in groups (`CPR:3` activators, `CPR:4` inhibitors, …), of which only five are evaluated: the rows
 * marked `Y`. Source: Krallinger et al. 2017, BioCreative VI; our mapping of the groups, after DrugProt's.
 */
import { basename, dirname, join } from "node:path";
import { readEntityTables } from "../../formats/tables/entity-tables.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** The three tables of a split, in their folder as published; the test set's names end in `_gs`. */
function tables(folder: string, prefix: string, suffix = ""): string[] {
  return ["abstracts", "entities", "relations"].map((part) => join(folder, `${prefix}_${part}${suffix}.tsv`));
}

/** The declaration of ChemProt. */
export const CHEMPROT: CorpusDeclaration = {
  name: "chemprot",
  prompt: "ChemProt",
  licence: "public domain mark",
  publisher: {
    about: "2,482 abstracts, chemicals and proteins within sentences, DrugProt's forerunner",
    page: "https://biocreative.bioinformatics.udel.edu/resources/corpora/chemprot-corpus-biocreative-vi/",
    downloads: [
      {
        url: "https://biocreative.bioinformatics.udel.edu/media/store/files/2017/ChemProt_Corpus.zip",
        unpack: "zip",
      },
    ],
  },
  released: false,
  ...adjusted({ spans: "a1", input: "b2", negatives: "c1", types: "d1", tags: "e1" }, "None-ChemProt"),
  pairTypes: ["C-G"],
  files: {
    train: tables("chemprot_training", "chemprot_training"),
    dev: tables("chemprot_development", "chemprot_development"),
    test: tables("chemprot_test_gs", "chemprot_test", "_gs"),
  },
  companions: (path) => {
    const [, prefix, suffix] =
      /^(.*)_(?:abstracts|entities|relations)(_gs)?\.tsv$/.exec(basename(path)) ?? [];
    return prefix === undefined ? [path] : tables(dirname(path), prefix, suffix);
  },
  read: (paths, options) =>
    readEntityTables(
      {
        prefix: "ChemProt",
        distinct: true,
        paths,
        relationColumns: 6,
        relationOf: ([, type = "", evaluated = "", , one = "", other = ""]) =>
          evaluated.trim() === "Y" ? { type, one, other } : undefined,
      },
      options,
    ),
  labels: {
    "CPR:3": "Positive_Correlation", // upregulator, activator
    "CPR:4": "Negative_Correlation", // downregulator, inhibitor
    "CPR:5": "Positive_Correlation", // agonist
    "CPR:6": "Negative_Correlation", // antagonist
    "CPR:9": "Association", // substrate, product
  },
};
