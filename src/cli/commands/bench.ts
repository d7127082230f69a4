/**
 * `bioweft bench`: how fast the parts of BioWeft are on this machine, measured in one run with what they are
 * compared against. Prints `{"rows": [{"name", "value", "unit", "ratio", "against"}]}`. The benches are the lab's,
 * but for discovery's and the graph's.
 */
import { join } from "node:path";
import { Command, Option } from "commander";
import { MATRIX_PRECISIONS, PACKAGE_ROOT } from "../../core/config.js";
import { benchModel } from "../../lab/benches/model-bench/model-bench.js";
import { SAMPLES, SIZES } from "../../lab/benches/model-bench/workload.js";
import { benchLive } from "../../lab/benches/service-bench/live-bench.js";
import { benchTraining, PEERS } from "../../lab/benches/training-bench.js";
import { TENSORFLOWS } from "../../model/ops/tensorflow.js";
import { atLeastOne, count } from "../options/number-options.js";
import { apiBench } from "./bench/api.js";
import { discoveryBench } from "./bench/discovery.js";
import { exportBench } from "./bench/export.js";
import { graphBench } from "./bench/graph.js";
import { ingestBench } from "./bench/ingest.js";
import { killsBench } from "./bench/kills/kills.js";
import { workersBench } from "./bench/workers.js";

/** Declares the command. */
export function command(): Command {
  return new Command("bench")
    .description("measure speed on this machine")
    .addCommand(apiBench())
    .addCommand(discoveryBench())
    .addCommand(exportBench())
    .addCommand(graphBench())
    .addCommand(ingestBench())
    .addCommand(killsBench())
    .addCommand(liveBench())
    .addCommand(modelBench())
    .addCommand(trainingBench())
    .addCommand(workersBench());
}

function liveBench(): Command {
  return new Command("live")
    .description("milliseconds from a PMID to its relations, on a quiet server and beside a bulk run")
    .option("--papers <count>", "papers submitted one after the other, quiet and beside", atLeastOne, 40)
    .option("--cancels <count>", "papers cancelled beside the bulk run", count, 20)
    .option("--at-once <count>", "papers submitted at once; 0 for none", count, 500)
    .option("--latency <ms>", "until the server of the literature answers", count, 50)
    .option("--model <dir>", "model folder (default: the released one)")
    .option("--json", "print the rows as JSON", false)
    .action(benchLive);
}

function modelBench(): Command {
  return new Command("model")
    .description("pairs and documents per second of every engine here, beside PyTorch's")
    .option("--from <file...>", "documents of any format that predict reads (default: our samples)", [
      ...SAMPLES,
    ])
    .option("--documents <count>", "how many of them", atLeastOne, 8)
    .option(
      "--pairs <count>",
      "pairs that the pair network classifies in a round, of all documents",
      atLeastOne,
      32,
    )
    .addOption(new Option("--size <name>", "encoder").choices(Object.keys(SIZES)).default("base"))
    .option("--engines <names>", "only these, with commas (default: all that are here but plain JavaScript)")
    .option("--rounds <count>", "rounds that each way gets; its fastest counts", atLeastOne, 3)
    .option("--peers", "set PyTorch up where it is missing (about 6 GB in .bioweft-tools)")
    .option("--no-peers", "leave PyTorch out though it is there")
    .option("--json", "print the rows as JSON", false)
    .action(benchModel);
}

function trainingBench(): Command {
  return new Command("training")
    .description("seconds an update of the document network, beside PyTorch's on the same step")
    .option(
      "--encoder <dir>",
      "checkpoint folder of BERT's family",
      join(PACKAGE_ROOT, ".bioweft-tools/encoders/minilm-l6"),
    )
    .option("--documents <n>", "documents an update", atLeastOne, 4)
    .option("--tokens <n>", "tokens a document", atLeastOne, 300)
    .option("--pairs <n>", "pairs a document", atLeastOne, 90)
    .option("--rounds <n>", "updates of each, in turns; the fastest counts", atLeastOne, 5)
    .addOption(
      new Option("--backend <name>", "TensorFlow, or tfjs's portable one")
        .choices([...TENSORFLOWS])
        .default("native"),
    )
    .addOption(
      new Option("--precision <name>", "of matrix products")
        .choices(MATRIX_PRECISIONS)
        .default(MATRIX_PRECISIONS[0]),
    )
    .option("--python <program>", "a Python with torch and safetensors", PEERS)
    .option("--json", "print the rows as JSON", false)
    .action(benchTraining);
}
