/**
 * Finds a declared corpus by name and reads it from a file or a folder in its published layout, its relations
 * brought to BioRED's types. It selects and labels only; the formats do the parsing.
 */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "../../src/core/document.js";
import { BioWeftError } from "../../src/core/errors.js";
import { type ReadOptions, reject } from "../../src/core/read-options.js";
import { isStandardInput } from "../formats/reading/file-chunks.js";
import { aDraft, typesStep } from "./adjustment-steps.js";
import type { CorpusDeclaration, Split } from "./corpus.js";
import { CORPORA } from "./declared-corpora.js";

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
  for await (const document of readCorpusAsPublished(corpus, fromPath, split, options)) {
    try {
      yield harmonized(document, corpus);
    } catch (fault) {
      reject(fault, options);
    }
  }
}

/** The same with the corpus's own labels. */
export async function* readCorpusAsPublished(
  corpus: CorpusDeclaration,
  fromPath: string,
  split: Split = "all",
  options: ReadOptions = {},
): AsyncGenerator<Document> {
  for (const paths of await corpusFiles(corpus, fromPath, split)) yield* corpus.read(paths, options);
}

/** A document under the corpus's name with BioRED's relation types; throws BAD_INPUT for a label of another corpus. */
function harmonized(document: Document, corpus: CorpusDeclaration): Document {
  const step = typesStep(corpus.adjustments.types, corpus.labels);
  return step(aDraft({ ...document, corpus: corpus.name })).document;
}

/**
 * The folder that holds the corpus's files: the given one, or the corpus's own inside it where it holds many.
 * The given one where neither is there.
 */
export function corpusFolder({ name, folders = [], files }: CorpusDeclaration, from: string): string {
  const published = Object.values(files).flat();
  if (published.some((file) => existsSync(join(from, file)))) return from;
  return [name, ...folders].map((own) => join(from, own)).find(existsSync) ?? from;
}

/**
 * The files to read, grouped as the corpus's reader wants them, from one of them, from the corpus's folder or from
 * one that holds many corpora. Throws NOT_FOUND naming those that are absent.
 */
export async function corpusFiles(
  corpus: CorpusDeclaration,
  from: string,
  split: Split,
): Promise<(readonly string[])[]> {
  if (!(await isFolder(from))) return [corpus.companions?.(from) ?? [from]];
  const splits = split === "all" ? (["train", "dev"] as const) : [split];
  const folder = corpusFolder(corpus, from);
  const groups: (readonly string[])[] = [];
  for (const one of splits) {
    const paths = corpus.files[one].map((name) => join(folder, name));
    if (paths.length > 0 && (await allExist(paths))) groups.push(paths);
  }
  if (groups.length > 0) return groups;
  throw new BioWeftError("NOT_FOUND", absence(corpus, split, splits), { place: { file: folder } });
}

/** What is missing: the files of a split, or a split that nobody published. */
function absence(
  { name, files }: CorpusDeclaration,
  split: Split,
  splits: readonly (keyof typeof files)[],
): string {
  const names = splits.flatMap((one) => files[one]).join(", ");
  if (names !== "") return `the folder lacks the ${split} part of ${name}, which is ${names}`;
  const others = (["train", "dev", "test"] as const).filter((one) => files[one].length > 0);
  return `${name} is published without a ${split} part; choose ${others.join(" or ")} with --split`;
}

async function isFolder(path: string): Promise<boolean> {
  if (isStandardInput(path)) return false;
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
