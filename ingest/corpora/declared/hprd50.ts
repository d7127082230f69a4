/**
 * HPRD50: interactions between proteins, judged within a sentence; 43 of its 50 abstracts name two proteins and
 * are published. Read from the unified XML by default: the authors' PubTator copy, which the original tool read,
 * runs sentences together without full stops, so that nothing tells where they end. Source: Fundel et al. 2007.
 */
import { BIORED_FORM } from "../../../src/core/biorex/compat-form.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";
import { PPI_LABELS, ppiReader } from "../unified-ppi.js";

/** The declaration of HPRD50. */
export const HPRD50: CorpusDeclaration = {
  name: "hprd50",
  prompt: "HPRD50",
  licence: "none stated",
  publisher: {
    about: "Genes and proteins that interact, within sentences of 50 abstracts",
    page: "https://github.com/ncbi/BioREx",
    downloads: [],
  },
  paper: {
    abstracts: 50,
    relations: 138,
    // Tried without finding 138: each pair of names once a sentence (148) or a document (109); the training part
    // alone has 137.
    differs:
      "the seven abstracts that name no two proteins are not published; 163 relations are marked in both forms, and no way of counting them gives the paper's number",
  },
  released: false,
  ...adjusted({ spans: "a1", input: "b2", negatives: "c1", types: "d2", tags: "e2" }, "None-HPRD50"),
  pairTypes: ["G-G"],
  files: { train: ["HPRD50-train.xml", "HPRD50-test.xml"], dev: [], test: [] },
  read: ppiReader("HPRD50"),
  labels: PPI_LABELS,
  compat: {
    tag: "HPRD50",
    files: ["hprd50_bioc.PubTator"],
    typeNames: { Gene: "Gene" },
    joined: { typeNames: BIORED_FORM.typeNames },
    labels: { Association: "HPRD-Association" },
    noneLabel: "None-HPRD50",
    variants: false,
    text: "masked",
    body: "document",
    window: "none",
  },
};
