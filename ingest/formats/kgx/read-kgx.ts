/**
 * Reads a KGX graph as papers with evidence. Of an edge that BioWeft wrote every row of evidence comes back as it was; of any
 * other, each of its publications says it, by the word of its primary knowledge source. There are no texts in KGX, so the
 * papers have none. Edges come by relation and are written by paper: all evidence is held in memory until the last is read.
 */
import { z } from "zod";
import {
  entityTypeOfCategories,
  fromBiolinkCurie,
  relationTypeOfPredicate,
} from "../../../src/core/biolink/biolink.js";
import { canonicalCurie } from "../../../src/core/curie.js";
import type { Document } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { type Evidence, relationId, SOURCE_KINDS } from "../../../src/core/evidence.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { type EntityType, isRelationType, type RelationType } from "../../../src/core/relation-types.js";
import { checkValue } from "../reading/schema-faults.js";
import { readKgxRows } from "./kgx-rows.js";

/** A paper, or a part of one, and what it is said to say. */
interface KgxPaper {
  readonly document: Document;
  readonly evidence: readonly Evidence[];
}

const nodeShape = z.object({
  id: z.string().min(1),
  category: z.union([z.array(z.string()), z.string().transform((one) => [one])]),
  name: z.optional(z.string()),
  synonym: z.optional(z.array(z.string())),
});
const evidenceShape = z.object({
  id: z.string(),
  pmid: z.string(),
  document: z.string(),
  source: z.string(),
  sourceKind: z.enum(SOURCE_KINDS),
  probability: z.number(),
  negated: z.boolean(),
  retracted: z.boolean(),
  year: z.optional(z.number()),
  sentence: z.string(),
  subject: z.optional(z.string()),
  subjectProbability: z.optional(z.number()),
});
const edgeShape = z.object({
  subject: z.string().min(1),
  predicate: z.string(),
  object: z.string().min(1),
  original_predicate: z.optional(z.string()),
  primary_knowledge_source: z.optional(z.string()),
  publications: z.optional(z.array(z.string())),
  evidence: z.optional(z.array(evidenceShape)),
});
type ReadEdge = z.infer<typeof edgeShape>;
type ReadEvidence = z.infer<typeof evidenceShape>;
type KgxEntity = Evidence["subject"];

/** The papers. Throws BAD_INPUT with file and line for what is no node or edge of ours, NOT_FOUND for no file. */
export async function* readKgx(
  files: { readonly nodes: string; readonly edges: string },
  options: ReadOptions = {},
): AsyncGenerator<KgxPaper> {
  const entities = await readEntities(files.nodes, options);
  const papers = new Map<string, { document: Document; evidence: Evidence[] }>();
  for await (const { line, properties } of readKgxRows(files.edges, options)) {
    const place = { file: files.edges, line };
    try {
      const edge = checkValue(edgeShape, properties, place);
      for (const [row, evidence] of evidenceOf(edge, entities, place)) {
        const key = `${row.document}\t${row.pmid}`;
        const paper = papers.get(key) ?? { document: documentOf(row), evidence: [] };
        papers.set(key, paper);
        paper.evidence.push(evidence);
      }
    } catch (fault) {
      reject(fault, options);
    }
  }
  for (const key of [...papers.keys()].sort()) {
    const paper = papers.get(key);
    if (paper !== undefined) yield paper;
  }
}

async function readEntities(file: string, options: ReadOptions): Promise<Map<string, KgxEntity>> {
  const entities = new Map<string, KgxEntity>();
  for await (const { line, properties } of readKgxRows(file, options)) {
    try {
      const { id, category, name, synonym = [] } = checkValue(nodeShape, properties, { file, line });
      const type = entityTypeOfCategories(category);
      if (type === undefined) throw unknownCategory(category, { file, line });
      entities.set(id, toEntity(id, type, [...(name === undefined ? [] : [name]), ...synonym]));
    } catch (fault) {
      reject(fault, options);
    }
  }
  return entities;
}

function toEntity(id: string, type: EntityType, names: readonly string[]): KgxEntity {
  const curie = fromBiolinkCurie(id);
  return { curie: canonicalCurie(curie) ?? curie, type, names };
}

function evidenceOf(
  edge: ReadEdge,
  entities: ReadonlyMap<string, KgxEntity>,
  place: { file: string; line: number },
): [ReadEvidence, Evidence][] {
  const type = typeOf(edge, place);
  const ends = [edge.subject, edge.object].map((id) => {
    const entity = entities.get(id);
    if (entity !== undefined) return entity;
    throw new BioWeftError("BAD_INPUT", `${id} is among no nodes that are known here`, { place });
  });
  const [subject, object] = ends.sort((a, b) => (a.curie < b.curie ? -1 : 1));
  if (subject === undefined || object === undefined || subject.curie === object.curie) {
    throw new BioWeftError("BAD_INPUT", "the edge is between a node and itself", { place });
  }
  const rows = edge.evidence ?? toldRows(edge, relationId(subject.curie, object.curie, type), place);
  return rows.map((row) => [row, toEvidence(row, { subject, object, type })]);
}

function typeOf(
  { predicate, original_predicate: own }: ReadEdge,
  place: { file: string; line: number },
): RelationType {
  const type = own !== undefined && isRelationType(own) ? own : relationTypeOfPredicate(predicate);
  if (type !== undefined) return type;
  const reason = `${predicate} is no relation that is known here; docs/exports.md has those that are`;
  throw new BioWeftError("BAD_INPUT", reason, { place });
}

/** What another graph's edge says: each of its publications, surely, by the word of its source. */
function toldRows(edge: ReadEdge, relation: string, place: { file: string; line: number }): ReadEvidence[] {
  const pmids = (edge.publications ?? []).map(fromBiolinkCurie).map((one) => one.replace(/^PMID:/, ""));
  if (pmids.length === 0) {
    throw new BioWeftError("BAD_INPUT", "the edge names no publications, so nothing supports it", { place });
  }
  const source = (edge.primary_knowledge_source ?? "KGX").replace(/^infores:/, "");
  return pmids.map((pmid) => ({
    ...{ id: [pmid, relation, source].join("|"), pmid, document: pmid, source, sourceKind: "corpus" },
    ...{ probability: 1, negated: false, retracted: false, sentence: "" },
  }));
}

function toEvidence(
  row: ReadEvidence,
  ends: { readonly subject: KgxEntity; readonly object: KgxEntity; readonly type: RelationType },
): Evidence {
  const { id, pmid, document, source, sourceKind, probability, negated, sentence, year } = row;
  return {
    ...{ id, pmid, document, source, sourceKind, probability, negated, sentence, ...ends },
    ...{ start: 0, end: 0, mentions: [] },
    ...(year === undefined ? {} : { year }),
    ...(row.subjectProbability === undefined
      ? {}
      : { direction: { subject: row.subject ?? null, probability: row.subjectProbability } }),
  };
}

function documentOf({ pmid, document, year, retracted }: ReadEvidence): Document {
  return {
    ...{ pmid: document, passages: [], mentions: [], relations: [] },
    ...(document === pmid ? {} : { publication: pmid }),
    ...(year === undefined ? {} : { year }),
    ...(retracted ? { retracted } : {}),
  };
}

function unknownCategory(category: readonly string[], place: { file: string; line: number }): BioWeftError {
  const reason = `${category.join(", ")} is no kind of entity that is known here; docs/exports.md has those that are`;
  return new BioWeftError("BAD_INPUT", reason, { place });
}
