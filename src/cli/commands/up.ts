/**
 * `bioweft up`, which `npm start` runs: the database, the sample literature where the graph is empty, the model
 * and the API, in one process group that stops together.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { readNamed } from "../../../ingest/sources/files/named-documents.js";
import { PACKAGE_ROOT } from "../../core/config.js";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { RelationClassifier } from "../../core/prediction.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readGraphStats } from "../../graph/read/read-stats.js";
import { extractedDocuments } from "../../graph/write/write-documents.js";
import { extractBulk } from "../../jobs/bulk.js";
import { startPaperProgress } from "../../terminal/progress.js";
import { serveGraph } from "../compose.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";

/** The name under which the sample literature's own relations stand in the graph. */
const SAMPLES = "samples";

/** Declares the command. */
export function command(): Command {
  const up = new Command("up").description(
    "start the database, load the samples into an empty graph, and serve GraphQL",
  );
  return withModelOptions(up).action((model: ModelOptions) =>
    serveGraph({
      exclusive: true,
      model,
      prepare: async ({ database, classifier, signal }, stage) => {
        const samples = await readSamples();
        if (!(await wantsSamples(database, classifier.info.id, samples))) return;
        stage("loading the sample literature");
        await loadSamples(database, classifier, samples, signal);
      },
    }),
  );
}

async function readSamples(): Promise<Document[]> {
  const folder = join(PACKAGE_ROOT, "samples");
  const files = readdirSync(folder).filter((name) => name.endsWith(".pubtator"));
  const paths = files.sort().map((name) => join(folder, name));
  const documents: Document[] = [];
  for await (const document of readNamed(paths, SAMPLES, {})) documents.push(document);
  return documents;
}

/** The graph is empty, or an earlier start was killed while it loaded them. */
async function wantsSamples(
  database: Database,
  model: string,
  samples: readonly Document[],
): Promise<boolean> {
  if ((await readGraphStats(database)).publications === 0) return true;
  const loaded = (await extractedDocuments(database, model, samples)).size;
  return loaded > 0 && loaded < samples.length;
}

async function loadSamples(
  database: Database,
  classifier: RelationClassifier,
  samples: readonly Document[],
  signal: AbortSignal,
): Promise<void> {
  const progress = startPaperProgress("samples", "documents", samples.length);
  try {
    await extractBulk({
      documents: samples,
      database,
      classifier,
      gold: true,
      signal,
      onPairs: progress.scored,
      onProgress: ({ documents, modelEvidence }) =>
        progress.update(documents, `${modelEvidence} relations found`),
    });
  } catch (fault) {
    // Ctrl-C while loading: the caller sees the signal and stops.
    if (!(fault instanceof BioWeftError && fault.code === "CANCELLED")) throw fault;
  } finally {
    progress.stop();
  }
}
