/**
 * DisGeNET: gene–disease associations, one sentence a document; the file is the BioREx authors' PubTator form. A
 * document's number is the PMID followed by a running number and exceeds 32 bits; the sentence stands as the title.
 * Source: Piñero et al. 2020; Lai et al. 2023.
 */
import { BIORED_FORM } from "../../../src/core/biorex/compat-form.js";
import type { Document } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { readDocumentFiles } from "../../formats/read-documents.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";

/** The declaration of DisGeNET. */
export const DISGENET: CorpusDeclaration = {
  name: "disgenet",
  prompt: "DisGeNET",
  licence: "CC BY-NC-SA 4.0",
  publisher: {
    about: "Genes and diseases, judged for the whole abstract",
    page: "https://github.com/ncbi/BioREx",
    downloads: [],
  },
  paper: {
    abstracts: 2803,
    relations: 859,
    differs: "the authors' file has a sentence a document, 859 of them with a pair",
  },
  released: false,
  ...adjusted({ spans: "a3", input: "b2", negatives: "c3", types: "d2", tags: "e2" }),
  pairTypes: ["D-G"],
  files: { train: ["DisGeNET.PubTator"], dev: [], test: [] },
  read: readDisGeNet,
  labels: { Association: "Association" },
  compat: {
    tag: "DISGENET",
    typeNames: { Disease: "Disease", Gene: "Gene" },
    joined: { tag: BIORED_FORM.tag, typeNames: BIORED_FORM.typeNames },
    labels: {},
    noneLabel: "None-DISGENET",
    variants: false,
    text: "tokenised",
    body: "document",
    window: "sentences",
  },
};

// Running numbers begin at 1001 and have four digits.
const RUNNING_NUMBER = /^(\d+)\d{4}$/;

/** Streams the sentences, each with the PMID of its paper beside its own number. Throws as `readDocuments`. */
async function* readDisGeNet(paths: readonly string[], options: ReadOptions): AsyncGenerator<Document> {
  for await (const document of readDocumentFiles(paths, options)) {
    const publication = RUNNING_NUMBER.exec(document.pmid)?.[1];
    yield publication === undefined ? document : { ...document, publication };
  }
}
