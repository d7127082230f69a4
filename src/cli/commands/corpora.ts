/**
 * `bioweft corpora`: what each corpus is, its licence, who publishes it, whether it is here; and `corpora fetch`,
 * which downloads one once its licence is accepted.
 */
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { fetchCorpus, splitsIn } from "../../../ingest/corpora/fetching-corpora.js";
import { corpusByName, corpusFolder } from "../../../ingest/corpora/reading-corpora.js";
import type { FirstChecksum } from "../../../ingest/download/first-checksums.js";
import { readConfig } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { printJson, printLines } from "../../terminal/report.js";

interface FetchOptions {
  readonly acceptLicence: boolean;
  readonly to?: string;
  readonly base?: string;
}

/** Declares the command. */
export function command(): Command {
  const corpora = new Command("corpora")
    .description("what corpora there are, under which licence, and which are here")
    .option("--from <folder>", "folder with one folder a corpus (default: corpora in BIOWEFT_HOME)")
    .option("--json", "print them as JSON", false)
    .action(list);
  corpora
    .command("fetch")
    .description("download a corpus from its publisher; an interrupted download goes on where it stopped")
    .argument("<name>", "as `bioweft corpora` lists it")
    .option("--accept-licence", "accept its licence without being asked", false)
    .option("--to <folder>", "where to put it (default: its name under corpora in BIOWEFT_HOME)")
    .option("--base <url>", "a mirror that holds the publisher's paths")
    .action(fetch);
  return corpora;
}

async function list({ from, json }: { readonly from?: string; readonly json: boolean }): Promise<void> {
  const root = from ?? defaultRoot();
  const rows = await Promise.all(CORPORA.map((corpus) => describeCorpus(corpus, ownFolder(corpus, root))));
  if (json) return printJson({ folder: root, corpora: rows });
  for (const { name, about, licence, page, forReleasedModels, splits } of rows) {
    const here = splits.length === 0 ? `not in ${root}` : `${splits.join(", ")} here`;
    const use = forReleasedModels ? "" : "; not for models that are released";
    printLines(name, `  ${about}`, `  licence: ${licence}${use}`, `  ${page}`, `  ${here}`);
  }
}

/** Where the corpus is under the root, or would be. */
function ownFolder(corpus: CorpusDeclaration, root: string): string {
  const folder = corpusFolder(corpus, root);
  return folder === root ? join(root, corpus.name) : folder;
}

async function describeCorpus(corpus: CorpusDeclaration, folder: string) {
  return {
    name: corpus.name,
    about: corpus.publisher?.about ?? corpus.prompt,
    licence: corpus.licence,
    forReleasedModels: corpus.released,
    page: corpus.publisher?.page ?? "publisher's page not known",
    downloads: (corpus.publisher?.downloads ?? []).map(({ url }) => url),
    folder,
    splits: await splitsIn(corpus, folder),
  };
}

async function fetch(name: string, options: FetchOptions): Promise<void> {
  const corpus = corpusByName(name);
  const folder = options.to ?? join(defaultRoot(), corpus.name);
  await acceptLicence(corpus, options.acceptLicence);
  const interrupt = onInterrupt();
  const progress = startProgress(corpus.name, "kB");
  const checksums = join(defaultRoot(), "checksums.json");
  const said: string[] = [];
  try {
    await fetchCorpus(corpus, folder, {
      signal: interrupt.signal,
      ...(options.base === undefined ? {} : { baseUrl: options.base }),
      onProgress: (file, bytes, total) => progress.update(kilobytes(bytes), note(file, total)),
      checksums,
      onChecksum: (file, checksum) => {
        said.push(checksumLine(file, checksum, checksums));
      },
    });
  } finally {
    progress.stop();
    interrupt.release();
  }
  for (const line of said) process.stderr.write(line);
  printLines(`${corpus.name} → ${folder}`);
}

/** Shows the licence; asks for a yes on a terminal; elsewhere the option must have said it. */
async function acceptLicence(corpus: CorpusDeclaration, accepted: boolean): Promise<void> {
  const page = corpus.publisher === undefined ? "" : `, ${corpus.publisher.page}`;
  process.stderr.write(`${corpus.name} is published under: ${corpus.licence}${page}\n`);
  if (accepted) return;
  if (!process.stdin.isTTY) {
    const reason = `the licence of ${corpus.name} (${corpus.licence}) is not accepted; add --accept-licence`;
    throw new BioWeftError("CONFIG", reason);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question("Do you accept it? [y/N] ");
    if (/^y(?:es)?$/i.test(answer.trim())) return;
  } finally {
    terminal.close();
  }
  throw new BioWeftError("CANCELLED", "the licence was not accepted; nothing was downloaded");
}

/** What is known of a download whose publisher states no checksum. */
function checksumLine(file: string, { sha256, since }: FirstChecksum, notes: string): string {
  if (since !== undefined) return `${file}: sha256 ${sha256}, the same as on ${since}\n`;
  return `${file}: its publisher states no checksum; sha256 ${sha256} is noted in ${notes}, and later downloads must have it\n`;
}

function defaultRoot(): string {
  return join(readConfig().home, "corpora");
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1000);
}

function note(file: string, total: number | undefined): string {
  return total === undefined ? file : `of ${kilobytes(total)}, ${file}`;
}
