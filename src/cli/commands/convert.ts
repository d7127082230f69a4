/**
 * `bioweft convert`: a corpus as rows of another tool. So far the original BioREx tool's, tab-separated: pmid,
 * type1, type2, id1, id2, in same sentence, sentence window, text, neighbours (empty), label.
 */
import { once } from "node:events";
import { Command, Option } from "commander";
import { corpusByName } from "../../../ingest/corpora/reading-corpora.js";
import { toCompatLine } from "../../../ingest/harmonize/compat-rows.js";
import { readCompatRows } from "../../../ingest/harmonize/reading-compat.js";
import { startProgress } from "../../terminal/progress.js";
import { countRejections, withSkipBad } from "../../terminal/rejections.js";

interface ConvertOptions {
  readonly corpus: string;
  readonly from: string;
  readonly skipBad: boolean;
}

/** Declares the command. */
export function command(): Command {
  const convert = new Command("convert")
    .description("write a corpus as the original BioREx tool's rows on stdout")
    .requiredOption("--corpus <name>", "the corpus, such as biored")
    .requiredOption("--from <path>", "its file, or its folder in the published layout")
    .addOption(new Option("--style <name>", "whose rows").choices(["compat"]).default("compat"));
  return withSkipBad(convert).action(run);
}

async function run(options: ConvertOptions): Promise<void> {
  const rejections = countRejections(options.skipBad);
  const progress = startProgress("convert", "rows");
  let rows = 0;
  let closed = false;
  // Whoever reads may stop, as `head` does: that ends the work and is no failure.
  process.stdout.once("error", () => {
    closed = true;
  });
  try {
    for await (const row of readCompatRows(corpusByName(options.corpus), options.from, rejections.options)) {
      rows += 1;
      progress.update(rows);
      if (!process.stdout.write(`${toCompatLine(row)}\n`) && !closed) await drained();
      if (closed) break;
    }
  } finally {
    progress.stop();
  }
  rejections.warnings.say();
}

/** Waits until stdout takes more, or nobody reads it any longer. */
async function drained(): Promise<void> {
  await Promise.race([once(process.stdout, "drain"), once(process.stdout, "close")]).catch(() => undefined);
}
