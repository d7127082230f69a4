/**
 * DDI 2013: interactions between drugs, judged within a sentence, on DrugBank's texts and MEDLINE abstracts: an
 * XML file a document, so a split is a folder. A pair that interacts but has no type (one in Train) is kept.
 * Source: Herrero-Zazo et al. 2013.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { readSentenceXml, type SentenceXmlDialect } from "../../formats/bioc/sentence-xml.js";
import { adjusted } from "../adjustments.js";
import type { CorpusDeclaration } from "../corpus.js";
import { ddiSentences } from "../ddi-sentences.js";

const UNTYPED = "untyped";

const DIALECT: SentenceXmlDialect = {
  prefix: "DDI",
  entityType: "Chemical",
  inclusiveEnd: true,
  pairElement: "pair",
  pairType: ({ ddi, type }) => (ddi === "true" ? (type ?? UNTYPED) : undefined),
};

/** The folders of a split, as published. */
const parts = (split: string) => ["DrugBank", "MedLine"].map((part) => join(split, part));

/** The declaration of DDI 2013. */
export const DDI2013: CorpusDeclaration = {
  name: "ddi2013",
  prompt: "DDI",
  licence: "CC BY-NC 4.0",
  publisher: {
    about: "Drug interactions within sentences of DrugBank and MEDLINE",
    page: "https://github.com/isegura/DDICorpus",
    downloads: [{ url: "https://github.com/isegura/DDICorpus/raw/master/DDICorpus-2013.zip", unpack: "zip" }],
  },
  paper: { abstracts: 905, relations: 4965, differs: "its test set, 191 documents, is held back" },
  released: false,
  ...adjusted({ spans: "a1", input: "b2", negatives: "c1", types: "d2", tags: "e2" }, "None-DDI"),
  pairTypes: ["C-C"],
  files: { train: parts("Train"), dev: [], test: parts(join("Test", "Test for DDI Extraction task")) },
  read: readDdi,
  labels: Object.fromEntries(
    ["advise", "effect", "int", "mechanism", UNTYPED].map((label) => [label, "Association"]),
  ),
  compat: {
    tag: "DDI",
    read: (paths, options) => ddiSentences(readDdi(paths, options)),
    typeNames: { Chemical: "drug" },
    labels: {},
    noneLabel: "None-DDI",
    variants: false,
    text: "raw",
    body: "document",
    window: "none",
  },
};

/** Streams the documents of files and folders, in the order of file names. */
async function* readDdi(paths: readonly string[], options: ReadOptions): AsyncGenerator<Document> {
  for (const path of paths) {
    for (const file of await xmlFiles(path)) yield* readSentenceXml(file, DIALECT, options);
  }
}

async function xmlFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => name.endsWith(".xml"))
    .sort()
    .map((name) => join(path, name));
}
