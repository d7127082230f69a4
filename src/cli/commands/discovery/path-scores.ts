/** `bioweft discovery paths --pairs FILE`: the best paths of many pairs, a table in and a table out. */
import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
import { canonicalCurie } from "../../../core/curie.js";
import { BioWeftError } from "../../../core/errors.js";
import { parseCsv, toCsvLine } from "../../../core/files/csv-rows.js";
import { writeWholeFile } from "../../../core/files/whole-file.js";
import { PATH_COLUMNS, toPathRows } from "../../../discovery/paths/path-rows.js";
import { type PathOptions, rankedPaths } from "../../../discovery/paths/ranked-paths.js";
import { onInterrupt } from "../../../terminal/interrupt.js";
import { startProgress } from "../../../terminal/progress.js";
import type { SourcedGraph } from "../../options/graph-source.js";

/** The rows of a list of CURIEs, its first line passed over where it names the columns. Throws BAD_INPUT, NOT_FOUND. */
export async function readCurieRows(file: string, columns: readonly string[]): Promise<string[][]> {
  const stream = file === "-" ? process.stdin : createReadStream(file);
  const content = await text(stream).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === "ENOENT" ? "NOT_FOUND" : "BAD_INPUT";
    throw new BioWeftError(code, `cannot be read (${cause.message}); check its name`, {
      place: { file },
      cause,
    });
  });
  const rows = parseCsv(content);
  const hasHeader = columns.every((name, index) => rows[0]?.fields[index]?.toLowerCase() === name);
  return (hasHeader ? rows.slice(1) : rows).map(({ line, fields }) => {
    if (fields.length !== columns.length || fields.includes("")) {
      const reason = `"${fields.join(",")}" is no line of ${columns.join(",")}; give CURIEs, those with a comma in quotes`;
      throw new BioWeftError("BAD_INPUT", reason, { place: { file, line } });
    }
    return fields.map((field) => canonicalCurie(field) ?? field);
  });
}

/** Writes the table; a pair whose ends the graph does not relate has a row that says so. */
export async function writePathScores(
  { adjacency }: SourcedGraph,
  { pairs, out }: { readonly pairs: string; readonly out: string },
  options: PathOptions,
): Promise<void> {
  const rows = await readCurieRows(pairs, ["from", "to"]);
  const interrupt = onInterrupt();
  const progress = startProgress("paths", "pairs", rows.length);
  const lines = async function* () {
    yield toCsvLine(PATH_COLUMNS);
    for (const [index, [from = "", to = ""]] of rows.entries()) {
      // A search lets no signal through: it is heard between two.
      await new Promise(setImmediate);
      if (interrupt.signal.aborted) throw new BioWeftError("CANCELLED", "stopped; nothing was written");
      const isKnown = [from, to].every((curie) => adjacency.indexOf(curie) !== undefined);
      const found = isKnown ? rankedPaths(adjacency, from, to, options) : undefined;
      yield toPathRows({ from, to, isKnown }, found).map(toCsvLine).join("");
      progress.update(index + 1);
    }
  };
  try {
    await writeWholeFile(out, lines);
  } finally {
    interrupt.release();
    progress.stop();
  }
}
