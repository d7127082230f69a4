/**
 * PharmGKB: genes whose variants change the response to a chemical, curated as pairs without spans; the file is
 * the BioREx authors' PubTator form, spans found by PubTator. Source: Whirl-Carrillo et al. 2012; Lai et al. 2023.
 */
import { BIORED_FORM } from "../../../src/core/biorex/compat-form.js";
import { readDocumentFiles } from "../../formats/read-documents.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** The declaration of PharmGKB. */
export const PHARMGKB: CorpusDeclaration = {
  name: "pharmgkb",
  prompt: "PharmGKB",
  licence: "CC BY-SA 4.0",
  publisher: {
    about: "Variants, genes, drugs and diseases of pharmacogenomics",
    page: "https://github.com/ncbi/BioREx",
    downloads: [],
  },
  paper: {
    abstracts: 823,
    relations: 949,
    differs: "the authors' file at hand has 115 of the 823 documents",
  },
  released: false,
  ...adjusted({ spans: "a3", input: "b2", negatives: "c3", types: "d2", tags: "e2" }),
  pairTypes: ["C-G"],
  files: { train: ["PharmGKB.PubTator"], dev: [], test: [] },
  read: readDocumentFiles,
  labels: { Association: "Association" },
  compat: {
    tag: "PHARMGKB",
    typeNames: { Chemical: "Chemical", Gene: "Gene" },
    joined: { tag: BIORED_FORM.tag, typeNames: BIORED_FORM.typeNames },
    labels: {},
    noneLabel: "None-PHARMGKB",
    variants: false,
    text: "tokenised",
    body: "document",
    window: "sentences",
  },
};
