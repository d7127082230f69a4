/**
 * `bioweft convert`: a corpus as rows of another tool. So far the original BioREx tool's, tab-separated: pmid,
 * type1, type2, id1, id2, in same sentence, sentence window, text, neighbours (empty), label.
 */
import { Command, Option } from "commander";
import { corpusByName } from "../../../ingest/corpora/reading-corpora.js";
import { toCompatLine } from "../../../ingest/harmonize/compat-rows.js";
import { readCompatRows } from "../../../ingest/harmonize/reading-compat.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { startProgress } from "../../terminal/progress.js";
import { countRejections, withSkipBad } from "../../terminal/rejections.js";

interface ConvertOptions {
  readonly corpus: string;
  readonly from: string;
  readonly out: string;
  readonly skipBad: boolean;
}

/** Declares the command. */
export function command(): Command {
  const convert = new Command("convert")
    .description("write a corpus as the original BioREx tool's rows")
    .requiredOption("--corpus <name>", "the corpus, such as biored")
    .requiredOption("--from <path>", "its file, or its folder in the published layout")
    .option("--out <file>", "where the rows go; - for stdout", "-")
    .addOption(new Option("--style <name>", "whose rows").choices(["compat"]).default("compat"));
  return withSkipBad(convert).action(run);
}

async function run({ corpus, from, out, skipBad }: ConvertOptions): Promise<void> {
  const rejections = countRejections(skipBad);
  const progress = startProgress("convert", "rows");
  let rows = 0;
  const lines = async function* () {
    for await (const row of readCompatRows(corpusByName(corpus), from, rejections.options)) {
      rows += 1;
      progress.update(rows);
      yield `${toCompatLine(row)}\n`;
    }
  };
  try {
    await writeWholeFile(out, lines);
  } finally {
    progress.stop();
  }
  rejections.warnings.say();
}
