/**
 * BioRED's second part: the documents that BioCreative VIII added by BioRED's own guidelines, newer papers among them,
 * with the direction of most relations. The same task, prompt and labels as BioRED. Source: Islamaj et al. 2024.
 */

import type { CorpusDeclaration } from "../corpus.js";
import { BIORED } from "./biored.js";

/** The declaration of BioCreative VIII's documents. */
export const BIORED_BC8: CorpusDeclaration = {
  name: "biored-bc8",
  prompt: BIORED.prompt,
  ownMarkers: BIORED.ownMarkers,
  noneClass: BIORED.noneClass,
  scope: BIORED.scope,
  adjustments: BIORED.adjustments,
  pairTypes: BIORED.pairTypes,
  licence: BIORED.licence,
  publisher: {
    about: "295 further documents by BioRED's guidelines, with directions",
    page: "https://ftp.ncbi.nlm.nih.gov/pub/lu/BC8-BioRED-track/",
    downloads: [],
  },
  released: true,
  files: { train: ["Train.PubTator"], dev: [], test: ["Test.PubTator"] },
  read: BIORED.read,
  labels: BIORED.labels,
};
