/**
 * BC5CDR: chemicals that induce diseases (CID), judged for the whole document. Source: Li et al. 2016, the
 * BioCreative V files. CID becomes Positive_Correlation, as in BioREx.
 */
import { readDocumentFiles } from "../../formats/read-documents.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** The declaration of BC5CDR. */
export const BC5CDR: CorpusDeclaration = {
  name: "bc5cdr",
  prompt: "BC5CDR",
  licence: "public domain (NCBI)",
  publisher: {
    about: "1,500 abstracts, diseases that chemicals induce",
    page: "https://biocreative.bioinformatics.udel.edu/tasks/biocreative-v/track-3-cdr/",
    downloads: [
      {
        url: "https://biocreative.bioinformatics.udel.edu/media/store/files/2016/CDR_Data.zip",
        unpack: "zip",
      },
    ],
  },
  paper: { abstracts: 1500, relations: 3106, differs: "its test set, 500 documents, is held back" },
  released: true,
  ...adjusted({ spans: "a1", input: "b1", negatives: "c1", types: "d1", tags: "e1" }, "None-CID"),
  pairTypes: ["C-D"],
  files: {
    train: ["CDR_TrainingSet.PubTator.txt"],
    dev: ["CDR_DevelopmentSet.PubTator.txt"],
    test: ["CDR_TestSet.PubTator.txt"],
  },
  read: readDocumentFiles,
  labels: { CID: "Positive_Correlation" },
  compat: {
    tag: "CID",
    typeNames: { Chemical: "Chemical", Disease: "Disease" },
    labels: {},
    noneLabel: "None-CID",
    variants: true,
    text: "raw",
    body: "document",
    window: "passages",
  },
};
