/**
 * `bioweft bench ingest`: what a bulk run is made of. Reading is the lab's to measure; here each stage is measured by itself,
 * the whole of them as `bioweft ingest` runs it, and which one is slowest is told.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { annotate } from "../../../../ingest/lexicon/annotated-papers.js";
import { loadOwnRecognizer } from "../../../../ingest/lexicon/own-recognizer.js";
import { readConfig } from "../../../core/config.js";
import type { Document } from "../../../core/document.js";
import type { RelationClassifier } from "../../../core/prediction.js";
import type { Database } from "../../../graph/neo4j/database.js";
import { openGraph } from "../../../graph/open-graph.js";
import { extractBulk, writeBatch } from "../../../jobs/bulk.js";
import { type BenchRow, printRows } from "../../../lab/benches/bench-rows.js";
import { ingestRows } from "../../../lab/benches/ingest-bench.js";
import { samplePapers } from "../../../lab/benches/service-bench/literature.js";
import { loadChosenModelApart } from "../../../lab/evaluation/chosen-model.js";
import { atLeastOne, count } from "../../options/number-options.js";

interface IngestBenchOptions {
  readonly from?: string;
  readonly files: number;
  readonly records: number;
  readonly python: string;
  readonly papers: number;
  readonly model?: string;
  readonly json: boolean;
}

/** Declares the subcommand. */
export function ingestBench(): Command {
  return new Command("ingest")
    .description("documents per second: PubMed's files and corpora read, and every stage of a bulk run")
    .option("--from <dir>", "a folder that holds one folder a corpus; those that are absent are left out")
    .option("--files <count>", "synthetic files of PubMed's baseline; 0 for none", count, 2)
    .option("--records <count>", "records in each", atLeastOne, 30_000)
    .option(
      "--python <program>",
      "a Python with the packages bioc and pubmed_parser, to measure beside",
      "python3",
    )
    .option("--papers <count>", "papers that go through the other stages; 0 for none", count, 500)
    .option("--model <dir>", "model folder (default: the released one)")
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

async function run(options: IngestBenchOptions): Promise<void> {
  const read = await ingestRows(options);
  const stages = options.papers === 0 ? [] : await stageRows(options);
  const timed = [...read.filter(({ name }) => name === "read PubMed baseline"), ...stages.slice(0, -1)];
  const [slowest] = timed.sort((one, other) => one.value - other.value);
  printRows([...read, ...stages], options.json);
  if (stages.length > 0) process.stderr.write(`slowest stage: ${slowest?.name}\n`);
}

/** Documents that are written in one transaction. */
const BATCH = 50;
const [STAGES, WHOLE, WARM] = [30_000_000, 31_000_000, 32_000_000];

/** Recognising, classifying and writing, each by itself, and in the end all of it together, in a database of its own. */
async function stageRows({ papers, model }: IngestBenchOptions): Promise<BenchRow[]> {
  const home = await mkdtemp(join(tmpdir(), "bioweft-bench-ingest-"));
  const paperOf = await samplePapers();
  const some = (first: number, many: number) =>
    Array.from({ length: many }, (_, index) => paperOf(first + index));
  const classifier = await loadChosenModelApart(model === undefined ? {} : { model });
  const { neo4j: _, ...own } = readConfig();
  const graph = await openGraph({ ...own, home, database: "embedded" }, { exclusive: true });
  try {
    // What runs for the first time is compiled meanwhile.
    await load(graph.database, classifier, some(WARM, BATCH));
    const documents = some(STAGES, papers);
    const recognised = await recognising(documents);
    const { seconds: classifying, answers } = await classified(classifier, documents);
    const writing = await written(graph.database, answers);
    const whole = await load(graph.database, classifier, some(WHOLE, papers));
    const stage = (name: string, seconds: number): BenchRow => {
      const value = papers / seconds;
      return { name, value, unit: "documents/s", ratio: classifying / seconds, against: "classify" };
    };
    return [
      stage("recognise names", recognised),
      stage("classify", classifying),
      stage("write", writing),
      stage("read, classify and write, overlapped", whole),
    ];
  } finally {
    await graph.close();
    await classifier.dispose();
    await rm(home, { recursive: true, force: true });
  }
}

async function recognising(documents: readonly Document[]): Promise<number> {
  const recognizer = await loadOwnRecognizer();
  return seconds(async () => {
    for (const document of documents) annotate({ ...document, mentions: [] }, recognizer);
  });
}

async function classified(classifier: RelationClassifier, documents: readonly Document[]) {
  const answers: Parameters<typeof writeBatch>[2][number][] = [];
  const took = await seconds(async () => {
    for await (const predicted of classifier.predictAll(documents))
      answers.push({ document: predicted.document, wasRead: false, predicted });
  });
  return { seconds: took, answers };
}

function written(database: Database, answers: Parameters<typeof writeBatch>[2]): Promise<number> {
  return seconds(async () => {
    for (let from = 0; from < answers.length; from += BATCH)
      await writeBatch({ gold: false }, database, answers.slice(from, from + BATCH));
  });
}

function load(
  database: Database,
  classifier: RelationClassifier,
  documents: readonly Document[],
): Promise<number> {
  return seconds(async () => {
    await extractBulk({ documents, database, classifier, gold: false });
  });
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
