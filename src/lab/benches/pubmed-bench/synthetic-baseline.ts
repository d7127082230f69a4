/**
 * A synthetic PubMed: baseline files and update files as NLM publishes them, gzip with an md5 beside each, of invented
 * records. Updates revise records of the baseline, the same ones in several files, and delete some. What must come of it is
 * told with it.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { seededRandom } from "../../../core/random.js";
import { required } from "../../../core/required.js";
import { ODDITIES, type Oddity, recordMaker } from "./synthetic-record.js";

/** How much to write. */
interface BaselineSize {
  readonly files: number;
  readonly recordsPerFile: number;
  /** Update files behind the baseline; each revises as many records as one in ten of a baseline file. */
  readonly updates?: number;
}

/** What was written, and what must be read from it. */
interface SyntheticBaseline {
  readonly files: readonly string[];
  /** Records in all files, each version and each revision counted. */
  readonly records: number;
  readonly oddities: Readonly<Record<Oddity, number>>;
  /** The papers that are left after all files, each with how often it was revised. */
  readonly papers: ReadonlyMap<string, number>;
  readonly deleted: readonly string[];
  /** Bytes of XML before packing. */
  readonly bytes: number;
}

const FIRST_PMID = 99_100_001;
/** Most records are ordinary; each oddity is one in fifty. */
const ODD_OF = 50;

/** Writes the files into a folder. The same size gives the same files. */
export function writeSyntheticBaseline(folder: string, size: BaselineSize): SyntheticBaseline {
  const { files: count, recordsPerFile, updates = 0 } = size;
  const make = recordMaker(seededRandom(20_261_130));
  const oddities = Object.fromEntries(ODDITIES.map((name) => [name, 0])) as Record<Oddity, number>;
  const papers = new Map<string, number>();
  const deleted: string[] = [];
  const files: string[] = [];
  let [records, bytes] = [0, 0];
  const record = (pmid: number, oddity: Oddity, revision: number) => {
    records += 1;
    oddities[oddity] += 1;
    papers.set(String(pmid), revision);
    return make({ pmid, oddity, revision });
  };
  const file = (parts: readonly string[]) => {
    const xml = `${HEAD}${parts.join("")}</PubmedArticleSet>\n`;
    bytes += Buffer.byteLength(xml);
    files.push(writeFile(folder, files.length + 1, xml));
  };
  for (let number = 0; number < count; number += 1) {
    const parts: string[] = [];
    for (let index = 0; index < recordsPerFile; index += 1) {
      const pmid = FIRST_PMID + number * recordsPerFile + index;
      const oddity = oddityOf(index);
      // Of a paper in two versions the file holds both, the last one first.
      parts.push(record(pmid, oddity, 0));
      if (oddity === "second-version") parts.push(record(pmid, "plain", 0));
    }
    file(parts);
  }
  for (let number = 1; number <= updates; number += 1) {
    const parts: string[] = [];
    for (let index = 0; index < recordsPerFile; index += 10) {
      // Every second of them is revised by each update, the others by one.
      const pmid = FIRST_PMID + index + (index % 20 === 0 ? 0 : number);
      if (!deleted.includes(String(pmid))) parts.push(record(pmid, "plain", number));
    }
    const gone = String(FIRST_PMID + number * 20);
    if (papers.delete(gone)) deleted.push(gone);
    file([...parts, `<DeleteCitation><PMID Version="1">${gone}</PMID>\n</DeleteCitation>\n`]);
  }
  return { files, records, oddities, papers, deleted, bytes };
}

const HEAD = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
`;

function oddityOf(index: number): Oddity {
  const place = index % ODD_OF;
  return place < ODDITIES.length ? required(ODDITIES[place], "an oddity") : "plain";
}

function writeFile(folder: string, number: number, xml: string): string {
  const name = `pubmed26n${String(number).padStart(4, "0")}.xml.gz`;
  const packed = gzipSync(xml, { level: 6 });
  const digest = createHash("md5").update(packed).digest("hex");
  writeFileSync(join(folder, name), packed);
  writeFileSync(join(folder, `${name}.md5`), `MD5(${name})= ${digest}\n`);
  return join(folder, name);
}
