/**
 * `bioweft lexicon`: the names and synonyms of everything in the graph as a file, for `bioweft annotate --lexicon`
 * and `bioweft join --lexicon` on machines without the graph.
 */
import { Command } from "commander";
import { toLexiconLine } from "../../../ingest/lexicon/lexicon-lines.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { reportBeside } from "../../terminal/report.js";
import { graphEntities } from "../options/lexicon-option.js";

interface LexiconCommandOptions {
  readonly out: string;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  return new Command("lexicon")
    .description("write the names and synonyms of everything in the graph as a lexicon")
    .requiredOption("--out <file.jsonl>", "where it goes; - for stdout")
    .option("--json", "print the counts as JSON", false)
    .action(run);
}

async function run({ out, json }: LexiconCommandOptions): Promise<void> {
  const interrupt = onInterrupt();
  const progress = startProgress("lexicon", "entities");
  const counts = { entities: 0, names: 0 };
  const lines = async function* () {
    for await (const entity of graphEntities(interrupt.signal)) {
      counts.entities += 1;
      counts.names += 1 + entity.synonyms.length;
      progress.update(counts.entities);
      yield toLexiconLine(entity);
    }
  };
  try {
    await writeWholeFile(out, lines);
  } finally {
    interrupt.release();
    progress.stop();
  }
  const report = reportBeside(out);
  if (json) return report.printJson({ out, ...counts });
  report.printLines(`${counts.entities} entities with ${counts.names} names → ${out}`);
}
