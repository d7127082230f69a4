/**
 * BioRED: 600 abstracts with all five pair types and eight relation types, the labels that all other corpora
 * are brought to. Source: Luo et al. 2022; files as NCBI publishes them.
 */
import { PAIR_TYPES, RELATION_TYPES } from "../../src/core/relation-types.js";
import { readDocumentFiles } from "../formats/read-documents.js";
import type { CorpusDeclaration } from "./corpus.js";

/** The declaration of BioRED. */
export const BIORED: CorpusDeclaration = {
  name: "biored",
  prompt: "BioRED",
  noneClass: "None",
  licence: "public domain (NCBI)",
  publisher: {
    about: "600 abstracts, all five pair types and eight relation types",
    page: "https://ftp.ncbi.nlm.nih.gov/pub/lu/BioRED/",
    downloads: [{ url: "https://ftp.ncbi.nlm.nih.gov/pub/lu/BioRED/BIORED.zip", unpack: "zip" }],
  },
  released: true,
  scope: "document",
  ownMarkers: false,
  pairTypes: PAIR_TYPES,
  files: { train: ["Train.PubTator"], dev: ["Dev.PubTator"], test: ["Test.PubTator"] },
  read: readDocumentFiles,
  labels: Object.fromEntries(RELATION_TYPES.map((type) => [type, type])),
  compat: {
    tag: "Litcoin",
    typeNames: {
      Chemical: "ChemicalEntity",
      Disease: "DiseaseOrPhenotypicFeature",
      Gene: "GeneOrGeneProduct",
    },
    labels: {},
    noneLabel: "None",
    variants: true,
    text: "raw",
    body: "document",
    window: "none",
  },
};
