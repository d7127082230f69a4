/**
 * EMU: genes whose mutations are tied to breast or prostate cancer, published as pairs without spans; the files
 * are the BioREx authors' PubTator form, spans found by PubTator. Source: Doughty et al. 2011; Lai et al. 2023.
 */
import { BIORED_FORM } from "../../../src/core/biorex/compat-form.js";
import { readDocumentFiles } from "../../formats/read-documents.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** The declaration of EMU. */
export const EMU: CorpusDeclaration = {
  name: "emu",
  prompt: "EMU",
  licence: "none stated",
  publisher: {
    about: "Abstracts on variants in breast and prostate cancer",
    page: "https://github.com/ncbi/BioREx",
    downloads: [],
  },
  paper: {
    abstracts: 89,
    relations: 115,
    differs: "the authors' files hold 82 of the 89 abstracts, one of them in both files",
  },
  released: false,
  ...adjusted({ spans: "a2", input: "b2", negatives: "c3", types: "d2", tags: "e2" }),
  pairTypes: ["D-G"],
  files: { train: ["BCa_db_novel_128.PubTator", "PCa_db_novel_51.PubTator"], dev: [], test: [] },
  read: readDocumentFiles,
  labels: { Association: "Association" },
  compat: {
    tag: "EMU_BC",
    fileTags: { "PCa_db_novel_51.PubTator": "EMU_PC" },
    typeNames: { Disease: "Disease", Gene: "Gene" },
    joined: { tag: BIORED_FORM.tag, typeNames: BIORED_FORM.typeNames },
    labels: {},
    noneLabel: "None-EMU_BC",
    variants: false,
    text: "tokenised",
    body: "document",
    window: "sentences",
  },
};
