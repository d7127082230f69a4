/**
 * How fast PubMed's files are read, beside Python's pubmed_parser on the same ones: synthetic files of real size and form,
 * unpacked, parsed and made documents of. Seconds are the processor's, of all threads together, as if there were one core.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPubMedXml } from "../../../../ingest/formats/pubmed/pubmed-xml.js";
import { BioWeftError } from "../../../core/errors.js";
import { peerSpeed } from "../bench-peer.js";
import type { BenchRow } from "../bench-rows.js";
import { writeSyntheticBaseline } from "./synthetic-baseline.js";

/** How much is read. */
interface PubMedBench {
  readonly files: number;
  readonly recordsPerFile: number;
  readonly python: string;
}

const NAME = "read PubMed baseline";
const UNIT = "records/s of one core";
const READINGS = 3;

/** Measures; the peer's row is missing where Python has no pubmed_parser, which is said. */
export async function pubMedRows({ files, recordsPerFile, python }: PubMedBench): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-bench-pubmed-"));
  try {
    const made = writeSyntheticBaseline(folder, { files, recordsPerFile });
    const megabytes = (made.bytes / 1e6).toFixed(0);
    process.stderr.write(
      `PubMed: ${files} synthetic files, ${made.records} records, ${megabytes} MB of XML\n`,
    );
    let value = 0;
    for (let reading = 1; reading <= READINGS; reading += 1) {
      value = Math.max(value, await readingSpeed(made.files, made.records));
    }
    const ours = { name: NAME, value, unit: UNIT, ratio: 1, against: NAME };
    return [ours, ...(await peerRows(python, made.files, ours))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Throws INTERNAL where a record is lost: a fast reader that loses some is none. */
async function readingSpeed(files: readonly string[], expected: number): Promise<number> {
  const began = process.cpuUsage();
  let records = 0;
  for (const file of files) {
    for await (const item of readPubMedXml(file)) if (item.kind === "record") records += 1;
  }
  const { user, system } = process.cpuUsage(began);
  if (records !== expected) throw new BioWeftError("INTERNAL", `${records} of ${expected} records were read`);
  return records / ((user + system) / 1e6);
}

async function peerRows(python: string, files: readonly string[], ours: BenchRow): Promise<BenchRow[]> {
  const peer = await peerSpeed(python, { format: "pubmed", files });
  if ("absent" in peer) {
    process.stderr.write(`Python's pubmed_parser: not measured: ${peer.absent}\n`);
    return [];
  }
  const { perSecond: value } = peer;
  return [{ ...ours, name: `Python's pubmed_parser: ${ours.name}`, value, ratio: value / ours.value }];
}
