/**
 * AIMed: interactions between proteins, judged within a sentence. Read from the BioREx authors' PubTator copy by
 * default, as it holds all 225 abstracts; the unified XML lacks one (d78) but knows the PMIDs, so keep it beside.
 * Texts carry debris of tags ("</T4>"), kept as it stands. Source: Bunescu et al. 2005.
 */
import { BIORED_FORM } from "../../../src/core/biorex/compat-form.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";
import { PPI_LABELS, ppiReader } from "../unified-ppi.js";

/** The declaration of AIMed. */
export const AIMED: CorpusDeclaration = {
  name: "aimed",
  prompt: "AIMed",
  licence: "none stated",
  publisher: {
    about: "Proteins that interact, within sentences of 225 abstracts",
    page: "https://github.com/ncbi/BioREx",
    downloads: [],
  },
  paper: {
    abstracts: 225,
    relations: 847,
    // Tried without finding 847: each pair of names once a sentence (906) or a document (603), without a name that
    // interacts with itself (933, 896, 593); the XML, one document less, has 991, of them 800 in its training part.
    differs:
      "943 are marked in the authors' copy, 991 in the XML; no way of counting them gives the paper's number",
  },
  released: false,
  ...adjusted({ spans: "a1", input: "b2", negatives: "c1", types: "d2", tags: "e2" }, "None-AIMED"),
  pairTypes: ["G-G"],
  files: { train: ["aimed_bioc.Sen.PubTator"], dev: [], test: [] },
  read: ppiReader("AIMed"),
  labels: PPI_LABELS,
  compat: {
    tag: "AIMED",
    files: ["aimed_bioc.Sen.PubTator"],
    typeNames: { Gene: "Gene" },
    joined: { typeNames: BIORED_FORM.typeNames },
    labels: { Association: "AIMED-Association" },
    noneLabel: "None-AIMED",
    variants: false,
    text: "masked",
    body: "document",
    window: "none",
  },
};
