/** `bioweft export --format canonical` and `--hash`: lines by which two graphs can be compared. */
import { writeWholeFile } from "../../../core/files/whole-file.js";
import { canonicalHash, canonicalLines } from "../../../graph/export/canonical-lines.js";
import { printJson, printLines, reportBeside } from "../../../terminal/report.js";
import type { GraphWork } from "../../own-graph.js";

interface CanonicalOptions {
  readonly hash: boolean;
  readonly out: string;
  readonly json: boolean;
}

/** Writes the lines, or says their hash. */
export async function runCanonical(
  { database, signal, show }: GraphWork,
  { hash, out, json }: CanonicalOptions,
): Promise<void> {
  let lines = 0;
  const count = (made: number) => {
    lines = made;
    show(made);
  };
  if (hash) {
    const value = await canonicalHash(database, { signal }, count);
    return json ? printJson({ hash: value, lines }) : printLines(value);
  }
  await writeWholeFile(out, () => canonicalLines(database, { signal }, count));
  const report = reportBeside(out);
  if (json) report.printJson({ out, lines });
  else report.printLines(`${lines} lines → ${out}`);
}
