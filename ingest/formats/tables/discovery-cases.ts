/**
 * Cases of discovery, as LION's evaluation has them: a table with the columns case, a_id, b_id, c_id and cutoff_year, one row
 * a case. A is the start, B what links it to C, which nobody had written by the cutoff.
 */
import { canonicalCurie } from "../../../src/core/curie.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { readLines } from "../reading/text-lines.js";

/** One case. */
interface DiscoveryCase {
  readonly name: string;
  readonly from: string;
  /** Undefined where the table names none. */
  readonly by: string | undefined;
  readonly to: string;
  readonly cutoff: number;
}

const COLUMNS = ["case", "a_id", "b_id", "c_id", "cutoff_year"];

/** Reads the cases. Throws BAD_INPUT with file and line for a row that breaks the form, NOT_FOUND for no file. */
export async function readDiscoveryCases(file: string, options: ReadOptions = {}): Promise<DiscoveryCase[]> {
  const cases: DiscoveryCase[] = [];
  let places: readonly number[] | undefined;
  for await (const { number: line, text } of readLines(file)) {
    const cells = text.split("\t");
    const place = { file, line };
    if (places === undefined) {
      const missing = COLUMNS.filter((name) => !cells.includes(name));
      const reason = `the header lacks ${missing.join(", ")}; name the columns ${COLUMNS.join(", ")}`;
      if (missing.length > 0) throw new BioWeftError("BAD_INPUT", reason, { place });
      places = COLUMNS.map((name) => cells.indexOf(name));
      continue;
    }
    if (text === "") continue;
    const [name = "", a = "", b = "", c = "", year = ""] = places.map((at) => cells[at] ?? "");
    const cutoff = Number(year);
    if (a === "" || c === "" || !Number.isInteger(cutoff) || cutoff < 1) {
      reject(new BioWeftError("BAD_INPUT", "a case without start, end or year", { place }), options);
      continue;
    }
    const curie = (id: string) => canonicalCurie(id) ?? id;
    cases.push({ name, from: curie(a), by: b === "" ? undefined : curie(b), to: curie(c), cutoff });
  }
  return cases;
}
