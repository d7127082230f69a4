/**
 * `bioweft bench`: how fast the parts of BioWeft are on this machine, measured in one run with what they are
 * compared against. Prints `{"rows": [{"name", "value", "unit", "ratio", "against"}]}`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { CorpusDeclaration } from "../../ingest/corpora/corpus.js";
import { CORPORA, readCorpus } from "../../ingest/corpora/reading-corpora.js";
import { harmonizeDocument, toHarmonizedLine } from "../../ingest/harmonize/harmonize-document.js";
import { BioWeftError } from "../core/errors.js";
import { printJson, printLines } from "./report.js";

/** One measurement; `ratio` is its value over that of what `against` names. */
interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number;
  readonly against: string;
}

interface BenchOptions {
  readonly from: string;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const ingest = new Command("ingest")
    .description("documents per second: corpora read, and read and harmonised")
    .requiredOption(
      "--from <dir>",
      "a folder that holds one folder a corpus; those that are absent are left out",
    )
    .option("--json", "print the rows as JSON", false)
    .action(benchIngest);
  return new Command("bench").description("measure speed on this machine").addCommand(ingest);
}

async function benchIngest({ from, json }: BenchOptions): Promise<void> {
  const here = CORPORA.filter((corpus) => existsSync(join(from, corpus.name)));
  if (here.length === 0) {
    const names = CORPORA.map((corpus) => corpus.name).join(", ");
    throw new BioWeftError("NOT_FOUND", `holds no folder of a corpus (${names})`, { place: { file: from } });
  }
  const rows: BenchRow[] = [];
  for (const corpus of here) {
    const folder = join(from, corpus.name);
    // Once before the clock starts: the file cache and the compiler are warm for both.
    await documentsPerSecond(corpus, folder, false);
    const read = await documentsPerSecond(corpus, folder, false);
    const harmonized = await documentsPerSecond(corpus, folder, true);
    const row = { unit: "documents/s", against: `read ${corpus.name}` };
    rows.push({ ...row, name: `read ${corpus.name}`, value: read, ratio: 1 });
    rows.push({ ...row, name: `harmonize ${corpus.name}`, value: harmonized, ratio: harmonized / read });
    process.stderr.write(`${corpus.name}: measured\n`);
  }
  if (json) return printJson({ rows });
  printLines(
    ...rows.map(
      ({ name, value, unit, ratio }) => `${name}: ${value.toFixed(0)} ${unit} (${ratio.toFixed(2)})`,
    ),
  );
}

async function documentsPerSecond(
  corpus: CorpusDeclaration,
  folder: string,
  harmonize: boolean,
): Promise<number> {
  const began = performance.now();
  let documents = 0;
  let characters = 0;
  for await (const document of readCorpus(corpus, folder)) {
    documents += 1;
    if (harmonize) characters += toHarmonizedLine(harmonizeDocument(document, corpus)).length;
  }
  if (harmonize && documents > 0 && characters === 0) {
    throw new BioWeftError("INTERNAL", `${corpus.name} was harmonised to nothing`);
  }
  return documents / ((performance.now() - began) / 1000);
}
