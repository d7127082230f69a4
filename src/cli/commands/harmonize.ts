/**
 * `bioweft harmonize`: corpora in, one training set out, as JSON lines of documents with the class of every
 * candidate pair. Streams; the output appears under its name only when it is whole. What is dropped (leaks) or
 * rejected is counted and shown beside the paper's Table 2.
 */
import { Command } from "commander";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { corpusByName, isHeldOut, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { readEvaluationPmids } from "../../../ingest/harmonize/evaluation-pmids.js";
import { harmonizeDocument, toHarmonizedLine } from "../../../ingest/harmonize/harmonize-document.js";
import { CorpusTally } from "../../../ingest/harmonize/harmonized-counts.js";
import { publicationOf } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { harmonizedTable } from "../../lab/evaluation/harmonized-table.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { reportBeside } from "../../terminal/report.js";
import { tallyWarnings, type WarningTally } from "../../terminal/warnings.js";

interface HarmonizeOptions {
  readonly corpus: readonly string[];
  readonly from: string;
  readonly out: string;
  readonly without: readonly string[];
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  return new Command("harmonize")
    .description("bring annotated corpora to one task and write them as one training set")
    .requiredOption("--corpus <names...>", "the corpora, such as biored drugprot")
    .requiredOption("--from <dir>", "a folder that holds one folder a corpus, or the one corpus's own")
    .requiredOption("--out <file>", "where the JSON lines go; - for stdout")
    .option("--without <files...>", "evaluation sets (documents, or PMIDs one a line): drop their papers", [])
    .option("--skip-bad", "leave out broken documents and count them", false)
    .option("--json", "print the counts as JSON", false)
    .action(run);
}

async function run(options: HarmonizeOptions): Promise<void> {
  const warnings = tallyWarnings();
  const corpora = options.corpus.map(corpusByName);
  const evaluation = await readEvaluationPmids(options.without);
  const tallies: CorpusTally[] = [];
  const progress = startProgress("harmonize", "documents");
  const interrupt = onInterrupt();
  let done = 0;
  const lines = async function* () {
    for (const corpus of corpora) {
      const tally = new CorpusTally(corpus);
      tallies.push(tally);
      for await (const line of harmonizedLines(corpus, options, evaluation, { tally, warnings })) {
        if (interrupt.signal.aborted) throw new BioWeftError("CANCELLED", "stopped; nothing was written");
        done += 1;
        progress.update(done, corpus.name);
        yield line;
      }
    }
  };
  try {
    await writeWholeFile(options.out, lines);
  } finally {
    interrupt.release();
    progress.stop();
  }
  const rows = tallies.map((tally) => tally.counts());
  warnings.say();
  const report = reportBeside(options.out);
  if (options.json) {
    report.printJson({ out: options.out, documents: done, corpora: rows, warnings: warnings.counts() });
  } else report.printLines(...harmonizedTable(rows), `${done} documents → ${options.out}`);
}

async function* harmonizedLines(
  corpus: CorpusDeclaration,
  options: HarmonizeOptions,
  evaluation: ReadonlySet<string>,
  { tally, warnings }: { readonly tally: CorpusTally; readonly warnings: WarningTally },
): AsyncGenerator<string> {
  const reading = {
    skipBad: options.skipBad,
    onWarning: warnings.onWarning,
    onRejected: (fault: BioWeftError) => {
      tally.rejectDocument();
      process.stderr.write(`left out: ${fault.message}\n`);
    },
  };
  for await (const document of readCorpus(corpus, options.from, "all", reading)) {
    const pmid = publicationOf(document);
    if (isHeldOut(pmid) || evaluation.has(pmid)) tally.dropLeak();
    else {
      const harmonized = harmonizeDocument(document, corpus);
      tally.add(harmonized, document);
      yield toHarmonizedLine(harmonized);
    }
  }
}
