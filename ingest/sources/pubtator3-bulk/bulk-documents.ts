/**
 * PubTator3's bulk files as documents with evidence, each paper once, whatever the order of the rows: they are set aside on disk
 * in parts by PMID first, so that memory holds one part. A document of theirs has no text; it stands beside what other
 * sources say of the paper, under a corpus's name of its own.
 */
import type { Document } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import type { Evidence } from "../../../src/core/evidence.js";
import { Spill } from "../../../src/core/files/spill.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { listedEvidence } from "../../../src/core/support/listed-evidence.js";
import { readLineBatches } from "../../formats/reading/text-lines.js";
import { cellsFault } from "../../formats/tables/table-rows.js";
import { isPmid } from "../pubtator3/client.js";
import type { BulkFiles } from "./bulk-files.js";
import { parseConcept, parseRelation, type RowFault } from "./bulk-rows.js";

/** Whose word the rows are, and the corpus under which their documents stand. */
const PUBTATOR3_BULK = "PubTator3";

/** What was read. */
export interface BulkReadCounts {
  relationRows: number;
  papers: number;
  evidence: number;
  /** Rows that say again what another row of the paper says. */
  repeated: number;
  /** Rows of an entity with itself. */
  selfRelations: number;
  /** Rows that give no relation, by reason. */
  readonly leftOut: Record<RowFault, number>;
  conceptRows: number;
  /** Concepts of papers that no relation there speaks of. */
  conceptsUnused: number;
}

/** How it is read. */
export interface BulkReading extends ReadOptions {
  /** On whose disk rows are set aside; the folder must be there. Nothing stays in it, not even of a process that was killed. */
  readonly scratch: string;
  readonly signal?: AbortSignal;
  /** Told how many rows of a file are read. */
  readonly onRows?: (file: string, rows: number) => void;
  /** Parts on disk; 64 if not given. */
  readonly parts?: number;
}

/** The counts before anything is read. */
export function noRowsRead(): BulkReadCounts {
  return {
    relationRows: 0,
    papers: 0,
    evidence: 0,
    repeated: 0,
    selfRelations: 0,
    leftOut: { unknownRelation: 0, unknownEntity: 0, noIdentifier: 0, noRole: 0 },
    conceptRows: 0,
    conceptsUnused: 0,
  };
}

const RELATION_COLUMNS = 4;
const CONCEPT_COLUMNS = 5;
const PARTS = 64;

/** Streams the documents; `counts` is added to. Throws BAD_INPUT with file and line, NOT_FOUND and CANCELLED. */
export async function* bulkDocuments(
  files: BulkFiles,
  reading: BulkReading,
  counts: BulkReadCounts,
): AsyncGenerator<{ readonly document: Document; readonly evidence: readonly Evidence[] }> {
  const [relations, concepts] = [aside(reading), aside(reading)];
  try {
    counts.relationRows = await setAside(files.relations, RELATION_COLUMNS, relations, reading);
    if (files.concepts !== undefined)
      counts.conceptRows = await setAside(files.concepts, CONCEPT_COLUMNS, concepts, reading);
    const named = concepts.parts();
    for (const part of relations.parts()) {
      const papers = rowsByPaper(part);
      const names = namesByPaper(named.next().value ?? [], papers, counts);
      for (const [pmid, rows] of papers) {
        const evidence = paperEvidence(pmid, rows, names.get(pmid), counts);
        if (evidence.length === 0) continue;
        counts.papers += 1;
        counts.evidence += evidence.length;
        yield {
          document: { pmid, corpus: PUBTATOR3_BULK, passages: [], mentions: [], relations: [] },
          evidence,
        };
      }
    }
  } finally {
    relations.close();
    concepts.close();
  }
}

function aside({ scratch, parts = PARTS }: BulkReading): Spill {
  return new Spill(scratch, parts);
}

async function setAside(file: string, columns: number, spill: Spill, reading: BulkReading): Promise<number> {
  let rows = 0;
  for await (const lines of readLineBatches(file)) {
    if (reading.signal?.aborted === true) throw new BioWeftError("CANCELLED", "the reading was stopped");
    for (const line of lines) {
      if (line.text === "" && line.fault === undefined) continue;
      const pmid = line.text.slice(0, Math.max(line.text.indexOf("\t"), 0));
      const fault =
        cellsFault(line, columns) ??
        (isPmid(pmid) ? undefined : `"${pmid.slice(0, 40)}" is no PMID; the first column is one`);
      if (fault !== undefined) {
        reject(new BioWeftError("BAD_INPUT", fault, { place: { file, line: line.number } }), reading);
        continue;
      }
      spill.add(pmid, line.text);
      rows += 1;
    }
    reading.onRows?.(file, rows);
  }
  return rows;
}

/** Lines by PMID; they are taken apart one paper at a time. */
type Rows = Map<string, string[]>;

function rowsByPaper(lines: Iterable<string>): Rows {
  const papers: Rows = new Map();
  for (const line of lines) {
    const pmid = line.slice(0, line.indexOf("\t"));
    const rows = papers.get(pmid);
    if (rows === undefined) papers.set(pmid, [line]);
    else rows.push(line);
  }
  return papers;
}

/** By paper and CURIE: the spellings of what its relations may speak of. */
function namesByPaper(
  lines: Iterable<string>,
  papers: Rows,
  counts: BulkReadCounts,
): Map<string, Map<string, string[]>> {
  const names = new Map<string, Map<string, string[]>>();
  for (const line of lines) {
    const [pmid = "", type = "", ids = "", spellings = ""] = line.split("\t");
    const entity = papers.has(pmid) ? parseConcept(type, ids) : undefined;
    if (entity === undefined) {
      counts.conceptsUnused += 1;
      continue;
    }
    const told = names.get(pmid) ?? new Map<string, string[]>();
    names.set(pmid, told);
    const spelled = spellings.split("|").filter((name) => name.trim() !== "");
    for (const curie of entity.curies) told.set(curie, [...(told.get(curie) ?? []), ...spelled]);
  }
  return names;
}

function paperEvidence(
  pmid: string,
  rows: readonly string[],
  names: ReadonlyMap<string, readonly string[]> | undefined,
  counts: BulkReadCounts,
): Evidence[] {
  const evidence = new Map<string, Evidence>();
  for (const row of rows) {
    const [, type = "", one = "", other = ""] = row.split("\t");
    const relation = parseRelation(type, one, other);
    if (typeof relation === "string") {
      counts.leftOut[relation] += 1;
      continue;
    }
    const [subjects, objects] = relation.ends.map(({ type, curies }) =>
      curies.map((curie) => ({ curie, type, names: [...new Set(names?.get(curie))] })),
    );
    for (const subject of subjects ?? []) {
      for (const object of objects ?? []) {
        if (subject.curie === object.curie) counts.selfRelations += 1;
        else {
          const row = listedEvidence({ pmid }, relation.type, [subject, object], SOURCE);
          if (evidence.has(row.id)) counts.repeated += 1;
          else evidence.set(row.id, row);
        }
      }
    }
  }
  const named = new Set(
    [...evidence.values()].flatMap(({ subject, object }) => [subject.curie, object.curie]),
  );
  for (const curie of names?.keys() ?? []) if (!named.has(curie)) counts.conceptsUnused += 1;
  return [...evidence.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const SOURCE = { source: PUBTATOR3_BULK, sourceKind: "pubtator3" } as const;
