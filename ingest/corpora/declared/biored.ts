/**
 * BioRED: 600 abstracts with all five pair types and eight relation types, the labels that all other corpora
 * are brought to. Source: Luo et al. 2022; files as NCBI publishes them.
 */
import { BIORED_FORM } from "../../../src/core/biorex/compat-form.js";
import { PAIR_TYPES, RELATION_TYPES } from "../../../src/core/relation-types.js";
import { readDocumentFiles } from "../../formats/read-documents.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** The declaration of BioRED. */
export const BIORED: CorpusDeclaration = {
  name: "biored",
  prompt: "BioRED",
  licence: "public domain (NCBI)",
  publisher: {
    about: "600 abstracts, all five pair types and eight relation types",
    page: "https://ftp.ncbi.nlm.nih.gov/pub/lu/BioRED/",
    downloads: [{ url: "https://ftp.ncbi.nlm.nih.gov/pub/lu/BioRED/BIORED.zip", unpack: "zip" }],
  },
  paper: {
    abstracts: 600,
    relations: 6503,
    differs: "its test set, 100 documents with 1,163 relations, is held back",
  },
  released: true,
  ...adjusted({ spans: "a1", input: "b1", negatives: "c2", types: "d1", tags: "e2" }),
  pairTypes: PAIR_TYPES,
  files: { train: ["Train.PubTator"], dev: ["Dev.PubTator"], test: ["Test.PubTator"] },
  read: readDocumentFiles,
  labels: Object.fromEntries(RELATION_TYPES.map((type) => [type, type])),
  compat: {
    ...BIORED_FORM,
    labels: {},
    noneLabel: "None",
    window: "none",
  },
};
