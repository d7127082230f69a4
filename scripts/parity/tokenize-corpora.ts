/**
 * Every text of the corpora with the ids that our tokenizer gives it, as JSON lines for compare-tokens.py:
 *
 *   npx tsx scripts/parity/tokenize-corpora.ts CORPORA CHECKPOINT | python scripts/parity/compare-tokens.py CHECKPOINT
 *
 * A text is every line of every file, whatever the file's form (titles and abstracts stand on lines of their own),
 * and every passage of the documents that our readers make of the corpora in their published layout.
 */
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { CorpusDeclaration } from "../../ingest/corpora/corpus.js";
import { CORPORA } from "../../ingest/corpora/declared-corpora.js";
import { readCorpus } from "../../ingest/corpora/reading-corpora.js";
import { BioWeftError } from "../../src/core/errors.js";
import { loadTokenizer } from "../../src/model/text/tokenizer.js";

/** Corpora whose folder is not called after them. */
const FOLDERS: Readonly<Record<string, string>> = { nary: "nary-drug-combo" };
/** Longer lines (whole files on one line, as JSON is written) go in pieces of so many characters. */
const PIECE = 20_000;

const [corpora, checkpoint] = process.argv.slice(2);
if (corpora === undefined || checkpoint === undefined) {
  process.stderr.write("give the folder of the corpora and that of a checkpoint\n");
  process.exit(2);
}
const tokenizer = await loadTokenizer(checkpoint);
const seen = new Set<string>();
for await (const text of textsOf(corpora)) {
  if (seen.has(text)) continue;
  seen.add(text);
  const line = JSON.stringify({ text, ids: [...tokenizer.tokenize(text).ids] });
  if (!process.stdout.write(`${line}\n`))
    await new Promise((resolve) => process.stdout.once("drain", resolve));
}

async function* textsOf(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || /\.(zip|gz|tgz|png|pdf)$/.test(entry.name)) continue;
    for await (const line of createInterface(createReadStream(join(entry.parentPath, entry.name)))) {
      for (let from = 0; from < line.length; from += PIECE) yield line.slice(from, from + PIECE);
    }
  }
  for (const corpus of CORPORA) yield* passagesOf(corpus, join(folder, FOLDERS[corpus.name] ?? corpus.name));
}

async function* passagesOf(corpus: CorpusDeclaration, from: string): AsyncGenerator<string> {
  try {
    for await (const document of readCorpus(corpus, from, "all", { skipBad: true })) {
      for (const passage of document.passages) yield passage.text;
    }
  } catch (fault) {
    if (!(fault instanceof BioWeftError) || fault.code !== "NOT_FOUND") throw fault;
    process.stderr.write(`${corpus.name} has no documents here: ${fault.message}\n`);
  }
}
