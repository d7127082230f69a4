/**
 * EMU: genes whose mutations are tied to breast or prostate cancer, published as pairs without spans; the files
 * are the BioREx authors' PubTator form, spans found by PubTator. Source: Doughty et al. 2011; Lai et al. 2023.
 */
import { readDocumentFiles } from "../formats/read-documents.js";
import type { CorpusDeclaration } from "./corpus.js";

/** The declaration of EMU. */
export const EMU: CorpusDeclaration = {
  name: "emu",
  prompt: "EMU",
  noneClass: "None",
  licence: "none stated",
  publisher: {
    about: "Abstracts on variants in breast and prostate cancer",
    page: "https://github.com/ncbi/BioREx",
    downloads: [],
  },
  released: false,
  scope: "sentence",
  ownMarkers: false,
  pairTypes: ["D-G"],
  files: { train: ["BCa_db_novel_128.PubTator", "PCa_db_novel_51.PubTator"], dev: [], test: [] },
  read: readDocumentFiles,
  labels: { Association: "Association" },
  compat: {
    tag: "EMU_BC",
    fileTags: { "PCa_db_novel_51.PubTator": "EMU_PC" },
    typeNames: { Disease: "Disease", Gene: "Gene" },
    labels: {},
    noneLabel: "None-EMU_BC",
    variants: false,
    text: "tokenised",
    body: "document",
    window: "sentences",
  },
};
