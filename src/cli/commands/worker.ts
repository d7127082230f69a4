/**
 * `bioweft worker`: does extractions and answers nobody. Over Redis any number of them share the work, on any number of
 * machines; without one they find it in the graph.
 */
import { Command } from "commander";
import { pubTator3OfJobs } from "../../../ingest/sources/pubtator3/client.js";
import { readConfig } from "../../core/config.js";
import { createExtractionService } from "../../jobs/live.js";
import { loadChosenModelApart } from "../../lab/evaluation/chosen-model.js";
import { aborted, onInterrupt } from "../../terminal/interrupt.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";
import { atLeastOne } from "../options/number-options.js";
import { openOwnGraph } from "../own-graph.js";
import { startTracing } from "../tracing.js";

/** Declares the command. */
export function command(): Command {
  const worker = new Command("worker")
    .description("do extractions of a shared graph, called to them over REDIS_URL where it is set")
    .option("--concurrency <n>", "extractions in hand at a time", atLeastOne, 8);
  return withModelOptions(worker).action(work);
}

async function work(options: ModelOptions & { readonly concurrency: number }): Promise<void> {
  // What is in hand is let go, not finished: another worker begins it again.
  const interrupt = onInterrupt({ exitCode: 0 });
  const closers: (() => Promise<void>)[] = [];
  try {
    const config = readConfig();
    closers.push(await startTracing(config.tracing));
    const { redisUrl } = config;
    const classifier = await loadChosenModelApart(options);
    closers.push(() => classifier.dispose());
    const { database, close } = await openOwnGraph();
    closers.push(close);
    const source = pubTator3OfJobs(config);
    const parts = { source, classifier, database, concurrency: options.concurrency };
    const jobs = await createExtractionService({ ...parts, ...(redisUrl === undefined ? {} : { redisUrl }) });
    closers.push(() => jobs.close());
    const where = redisUrl === undefined ? "in the graph alone" : `over ${new URL(redisUrl).host}`;
    process.stderr.write(`working for ${classifier.info.id}, finding extractions ${where}\n`);
    await aborted(interrupt.signal);
    process.stderr.write("stopping\n");
  } finally {
    for (const close of closers.reverse()) await close();
    interrupt.release();
  }
}
