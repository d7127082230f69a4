/**
 * `bioweft bench ingest`: documents per second of every corpus that is here, read, and read and harmonised; where
 * a Python with the package bioc is at hand, its reading of the same files beside it. And records per second of
 * PubMed's files.
 */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { corpusFiles, corpusFolder, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { harmonizeDocument, toHarmonizedLine } from "../../../ingest/harmonize/harmonize-document.js";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { type PeerSpeed, type PeerTask, peerSpeed } from "./bench-peer.js";
import type { BenchRow } from "./bench-rows.js";
import { pubMedRows } from "./pubmed-bench/pubmed-bench.js";

/** What the command line says of this bench. */
interface IngestBenchOptions {
  readonly from?: string;
  readonly files: number;
  readonly records: number;
  readonly python: string;
}

/** Measures reading. */
export async function ingestRows(options: IngestBenchOptions): Promise<BenchRow[]> {
  const { from, python, files, records: recordsPerFile } = options;
  const corpora = from === undefined ? [] : await corporaRows(from, python);
  const pubMed = files === 0 ? [] : await pubMedRows({ files, recordsPerFile, python });
  return [...corpora, ...pubMed];
}

async function corporaRows(from: string, python: string): Promise<BenchRow[]> {
  const here = CORPORA.filter((corpus) => corpusFolder(corpus, from) !== from);
  if (here.length === 0) {
    const names = CORPORA.map((corpus) => corpus.name).join(", ");
    throw new BioWeftError("NOT_FOUND", `holds no folder of a corpus (${names})`, { place: { file: from } });
  }
  const rows: BenchRow[] = [];
  const peer = peerOf(python);
  for (const corpus of here) {
    const folder = corpusFolder(corpus, from);
    try {
      rows.push(...(await corpusRows(corpus, folder, peer)), ...(await bioCXmlRows(folder, peer)));
      process.stderr.write(`${corpus.name}: measured\n`);
    } catch (fault) {
      // RENET2 has no documents until they are joined.
      if (!(fault instanceof BioWeftError) || fault.code !== "NOT_FOUND") throw fault;
      process.stderr.write(`${corpus.name}: not measured: ${fault.message}\n`);
    }
  }
  return rows;
}

/** Measures the peer on a task, beside a row of ours; nothing where it is absent or counts other documents. */
type Peer = (task: PeerTask, ours: BenchRow, documents: number) => Promise<BenchRow[]>;

function peerOf(python: string): Peer {
  let absent = false;
  return async (task, ours, documents) => {
    if (absent) return [];
    const speed = await peerSpeed(python, task);
    if ("absent" in speed) {
      absent = true;
      process.stderr.write(`Python's bioc: not measured: ${speed.absent}\n`);
      return [];
    }
    // AIMed's copy has a block a sentence, of which we make documents: no comparison.
    if (speed.documents !== documents) return [];
    const { perSecond: value } = speed;
    return [{ ...ours, name: `Python's bioc: ${ours.name}`, value, ratio: value / ours.value }];
  };
}

async function corpusRows(corpus: CorpusDeclaration, folder: string, peer: Peer): Promise<BenchRow[]> {
  const name = `read ${corpus.name}`;
  const read = await fastest(() => readCorpus(corpus, folder));
  const ours = { name, value: read.perSecond, unit: "documents/s", ratio: 1, against: name };
  const harmonized = await fastest(
    () => readCorpus(corpus, folder),
    (document) => void toHarmonizedLine(harmonizeDocument(document, corpus)),
  );
  const { perSecond: value } = harmonized;
  const files = (await corpusFiles(corpus, folder, "all")).flat();
  const isPubTator = files.every((file) => /\.PubTator(?:\.txt)?$/.test(file));
  return [
    ours,
    { ...ours, name: `harmonize ${corpus.name}`, value, ratio: value / ours.value },
    ...(isPubTator ? await peer({ format: "pubtator", files }, ours, read.documents) : []),
  ];
}

/** The BioC XML files that some corpora have beside their PubTator ones. */
async function bioCXmlRows(folder: string, peer: Peer): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const file of readdirSync(folder).filter((name) => /\.BioC\.xml$/i.test(name))) {
    const path = join(folder, file);
    const { perSecond, documents } = await fastest(() => readDocuments(path));
    const name = `read ${basename(folder)}/${file}`;
    const ours = { name, value: perSecond, unit: "documents/s", ratio: 1, against: name };
    rows.push(ours, ...(await peer({ format: "biocxml", files: [path] }, ours, documents)));
  }
  return rows;
}

const READINGS = 3;

/** The best of three readings: in the first the file cache and the compiler are cold. */
async function fastest(
  read: () => AsyncIterable<Document>,
  work: (document: Document) => void = () => undefined,
): Promise<PeerSpeed> {
  let best = { documents: 0, perSecond: 0 };
  for (let reading = 1; reading <= READINGS; reading += 1) {
    const began = performance.now();
    let documents = 0;
    for await (const document of read()) {
      work(document);
      documents += 1;
    }
    const perSecond = documents / ((performance.now() - began) / 1000);
    if (perSecond > best.perSecond) best = { documents, perSecond };
  }
  return best;
}
