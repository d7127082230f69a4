/**
 * The original BioREx tool's own output: one line of scores a row of its data file (`test_results.tsv` beside the
 * rows of `out_processed.tsv`), a column a label. The label of the greatest score is the answer, as in the tool; no
 * rule of ours is laid over it.
 */
import { BIOREX_LABELS } from "../../../src/core/biorex/compat-labels.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { collect, type WrittenPredictions, type WrittenRelation } from "../pubtator/predicted-relations.js";
import { readLines, type TextLine } from "../reading/text-lines.js";

/**
 * Joins scores with their rows. A released head may have one column more than the tool has labels; it is no relation.
 * Throws BAD_INPUT with file and line where the two do not fit together.
 */
export async function readCompatScores(scoresFile: string, rowsFile: string): Promise<WrittenPredictions> {
  const predictions = new Map<string, WrittenRelation[]>();
  const scores = filledLines(scoresFile);
  for await (const row of filledLines(rowsFile)) {
    const { value: line } = await scores.next();
    if (line === undefined)
      throw refusal(rowsFile, row, `more rows than "${scoresFile}" has lines of scores`);
    const [pmid = "", , , one = "", other = ""] = row.text.split("\t");
    if (other === "") throw refusal(rowsFile, row, "a row begins with PMID, two types and two identifiers");
    collect(predictions, pmid, { one, other, type: bestLabel(line, scoresFile) });
  }
  const { value: left } = await scores.next();
  if (left !== undefined) throw refusal(scoresFile, left, `more lines of scores than "${rowsFile}" has rows`);
  return predictions;
}

function bestLabel(line: TextLine, file: string): string {
  const scores = line.text.split("\t").map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell)));
  const extra = scores.length - BIOREX_LABELS.length;
  if (scores.some((score) => Number.isNaN(score)) || extra < 0 || extra > 1) {
    const reason = `a line of scores has ${BIOREX_LABELS.length} numbers (or one more), a column a label`;
    throw refusal(file, line, reason);
  }
  return BIOREX_LABELS[scores.indexOf(Math.max(...scores))] ?? "None";
}

async function* filledLines(file: string): AsyncGenerator<TextLine, undefined> {
  for await (const line of readLines(file)) {
    if (line.fault !== undefined) throw refusal(file, line, line.fault);
    if (line.text.trim() !== "") yield line;
  }
}

function refusal(file: string, { number: line }: TextLine, reason: string): BioWeftError {
  return new BioWeftError("BAD_INPUT", reason, { place: { file, line } });
}
