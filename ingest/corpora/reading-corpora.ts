/**
 * Finds a declared corpus by name and reads it from a file or a folder in its published layout, its relations
 * brought to BioRED's types. It selects and labels only; the formats do the parsing.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "../../src/core/document.js";
import { BioWeftError } from "../../src/core/errors.js";
import { type ReadOptions, reject } from "../formats/read-options.js";
import { aDraft, typesStep } from "../harmonize/adjustment-steps.js";
import { AIMED } from "./aimed.js";
import { BC5CDR } from "./bc5cdr.js";
import { BIORED } from "./biored.js";
import { CHEMPROT } from "./chemprot.js";
import type { CorpusDeclaration, Split } from "./corpus.js";
import { DDI2013 } from "./ddi2013.js";
import { DISGENET } from "./disgenet.js";
import { DRUGPROT } from "./drugprot.js";
import { EMU } from "./emu.js";
import { HPRD50 } from "./hprd50.js";
import { NARY } from "./nary.js";
import { PHARMGKB } from "./pharmgkb.js";

/** Every corpus that BioWeft reads. */
export const CORPORA: readonly CorpusDeclaration[] = [
  BIORED,
  BC5CDR,
  DRUGPROT,
  EMU,
  DISGENET,
  PHARMGKB,
  CHEMPROT,
  NARY,
  DDI2013,
  AIMED,
  HPRD50,
];

// BioRED's test abstracts that also stand in the training files of other corpora: training on them leaks.
const HELD_OUT = new Set(
  (
    "15036754 15130900 15233872 15673851 15811908 16116131 16428827 16629641 16820346 16840830 16844102 " +
    "17491223 17511042 17562951 17879945 18439803 18441470 1848636 18503483 19957053 20705401 9672936"
  ).split(" "),
);

/** The corpus of a name in any case; throws NOT_FOUND naming those there are. */
export function corpusByName(name: string): CorpusDeclaration {
  const corpus = CORPORA.find((one) => one.name === name.toLowerCase());
  if (corpus !== undefined) return corpus;
  const names = CORPORA.map((one) => one.name).join(", ");
  throw new BioWeftError("NOT_FOUND", `no corpus is called "${name}"; there are ${names}`);
}

/** Whether a PMID belongs to BioRED's test set: leave it out of training, whatever corpus it comes from. */
export function isHeldOut(pmid: string): boolean {
  return HELD_OUT.has(pmid);
}

/**
 * Streams a corpus from a file, or from a folder in the published layout (`split` chooses there; "all" by
 * default, what is absent of it left out). Documents carry the corpus's name. Throws NOT_FOUND, BAD_INPUT.
 */
export async function* readCorpus(
  corpus: CorpusDeclaration,
  fromPath: string,
  split: Split = "all",
  options: ReadOptions = {},
): AsyncGenerator<Document> {
  for (const paths of await corpusFiles(corpus, fromPath, split)) {
    for await (const document of corpus.read(paths, options)) {
      try {
        yield harmonized(document, corpus);
      } catch (fault) {
        reject(fault, options);
      }
    }
  }
}

/** A document under the corpus's name with BioRED's relation types; throws BAD_INPUT for a label of another corpus. */
function harmonized(document: Document, corpus: CorpusDeclaration): Document {
  const step = typesStep(corpus.adjustments.types, corpus.labels);
  return step(aDraft({ ...document, corpus: corpus.name })).document;
}

/** The files to read, grouped as the corpus's reader wants them. Throws NOT_FOUND naming those that are absent. */
export async function corpusFiles(
  corpus: CorpusDeclaration,
  from: string,
  split: Split,
): Promise<(readonly string[])[]> {
  if (!(await isFolder(from))) return [corpus.companions?.(from) ?? [from]];
  const splits = split === "all" ? (["train", "dev"] as const) : [split];
  const groups: (readonly string[])[] = [];
  for (const one of splits) {
    const paths = corpus.files[one].map((name) => join(from, name));
    if (paths.length > 0 && (await allExist(paths))) groups.push(paths);
  }
  if (groups.length > 0) return groups;
  const names = splits.flatMap((one) => corpus.files[one]).join(", ") || "no published file";
  const reason = `the folder lacks the ${split} part of ${corpus.name}, which is ${names}`;
  throw new BioWeftError("NOT_FOUND", reason, { place: { file: from } });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    const reason = "no such file or folder; give the corpus's file, or its folder in the published layout";
    throw new BioWeftError("NOT_FOUND", reason, { place: { file: path }, cause });
  }
}

async function allExist(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        (entry) => entry.isFile() || entry.isDirectory(),
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}
