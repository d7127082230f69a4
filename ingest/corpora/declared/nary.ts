/**
 * N-ary drug combinations: sentences that combine two to eleven drugs, as positive (POS), discouraged (NEG) or
 * without a stated outcome (COMB). Pairs of them train; whole combinations are scored, put together again from
 * pairs. Each label has a type of its own, so that nothing is lost on the way. Source: Tiktinsky et al. 2022;
 * the mapping to BioRED's types is ours.
 */
import { readDrugCombinations } from "../../formats/jsonl/drug-combinations.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** The declaration of the N-ary drug combination data set. */
export const NARY: CorpusDeclaration = {
  name: "nary",
  prompt: "DrugCombo",
  licence: "none stated",
  publisher: {
    about: "Drugs given together, two to eleven in a sentence",
    page: "https://github.com/allenai/drug-combo-extraction",
    downloads: [],
  },
  released: false,
  // All drugs of a document stand in one sentence, and the paragraph around it is often needed to judge them.
  ...adjusted({ spans: "a1", input: "b1", negatives: "c1", types: "d1", tags: "e1" }, "None-DrugCombo"),
  pairTypes: ["C-C"],
  folders: ["nary-drug-combo", "drug-combo-extraction"],
  files: { train: ["final_train_set.jsonl"], dev: [], test: ["final_test_set.jsonl"] },
  read: async function* (paths, options) {
    for (const path of paths) yield* readDrugCombinations(path, options);
  },
  labels: { POS: "Cotreatment", COMB: "Association", NEG: "Drug_Interaction" },
};
