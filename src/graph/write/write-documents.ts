/**
 * Writes documents and their evidence into the graph: a batch a transaction, whole or not at all, idempotent.
 * Reads what the batch touches, merges, and writes only what differs. Makes no evidence itself.
 */
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import type { Database, QueryOptions, Row, WriteTransaction } from "../neo4j/database.js";
import { changedRows, type GraphState, readGraphState, toEntityRow, toMentionRow } from "./graph-state.js";
import {
  type DocumentWrite,
  mergeDocuments,
  namedRelations,
  paperMentions,
  variantGenes,
} from "./merge-documents.js";
import { updateRelations } from "./write-relations.js";

export type { DocumentWrite } from "./merge-documents.js";

/** What a batch did to the graph. All are 0 when the graph held everything already. */
export interface WriteCounts {
  readonly publications: number;
  readonly entities: number;
  readonly evidence: number;
  readonly evidenceRemoved: number;
  readonly relations: number;
}

/**
 * Writes a batch in one transaction; a batch of any size makes the same number of queries. Raises the graph's
 * version when something changed. Throws DATABASE, TIMEOUT or CANCELLED, with nothing written; BAD_INPUT for
 * evidence of another publication than its document's.
 */
export async function writeDocuments(
  database: Database,
  batch: readonly DocumentWrite[],
  options: QueryOptions = {},
): Promise<WriteCounts> {
  refuseStrangers(batch);
  if (batch.length === 0)
    return { publications: 0, entities: 0, evidence: 0, evidenceRemoved: 0, relations: 0 };
  return database.transact((transaction) => writeBatch(transaction, batch), options);
}

/** Those of the publications that the model has read. */
export async function extractedPmids(
  database: Database,
  model: string,
  pmids: readonly string[],
): Promise<Set<string>> {
  const rows = await database.read("extracted-pmids", {
    ids: pmids.map((pmid) => extractionId(pmid, model)),
  });
  return new Set(rows.map((row) => String(row["pmid"])));
}

async function writeBatch(
  transaction: WriteTransaction,
  batch: readonly DocumentWrite[],
): Promise<WriteCounts> {
  await transaction.run("lock-graph", {});
  const pmids = sorted(batch.map(({ document }) => document.pmid));
  const genes = batch.flatMap(({ document }) => variantGenes(document));
  const curies = batch.flatMap((write) => paperMentions(write).map(({ curie }) => curie));
  const before = await readGraphState(
    transaction,
    pmids,
    sorted([...curies, ...genes.map(({ gene }) => gene)]),
  );
  const after = mergeDocuments(before, batch);
  const counts = await writeDifference(transaction, before, after, batch);
  const linked = await writeRows(transaction, "write-variant-genes", genes);
  const extracted = await writeRows(transaction, "write-extractions", extractionRows(batch));
  const changes = Object.values(counts).reduce((sum, count) => sum + count, 0) + linked + extracted;
  if (changes > 0) await transaction.run("raise-graph-version", {});
  const { mentions: _, ...told } = counts;
  return told;
}

async function writeDifference(
  transaction: WriteTransaction,
  before: GraphState,
  after: GraphState,
  batch: readonly DocumentWrite[],
) {
  const publications = changedRows(before.publications, after.publications, (row) => ({ ...row }));
  const entities = changedRows(before.entities, after.entities, toEntityRow);
  const mentions = changedRows(before.mentions, after.mentions, toMentionRow);
  const evidence = changedRows(before.evidence, after.evidence, (row) => ({ ...row }));
  const removed = [...before.evidence.keys()].filter((id) => !after.evidence.has(id)).sort();
  await writeRows(transaction, "write-publications", publications);
  await writeRows(transaction, "write-entities", entities);
  await writeRows(transaction, "write-mentions", mentions);
  if (evidence.length > 0) {
    const wanted = new Set(evidence.map((row) => row["relation"]));
    const named = namedRelations(batch.flatMap((write) => write.evidence));
    await writeRows(
      transaction,
      "write-relations",
      named.filter(({ id }) => wanted.has(id)),
    );
    await writeRows(transaction, "write-evidence", evidence);
  }
  if (removed.length > 0) await transaction.run("remove-evidence", { ids: removed });
  const relations = await updateRelations(transaction, touchedRelations(before, after));
  return {
    publications: publications.length,
    entities: entities.length,
    mentions: mentions.length,
    evidence: evidence.length,
    evidenceRemoved: removed.length,
    relations,
  };
}

/** Relations whose evidence, or the standing of its publication, is not what it was. */
function touchedRelations(before: GraphState, after: GraphState): string[] {
  const touched = new Set<string>();
  for (const id of new Set([...before.evidence.keys(), ...after.evidence.keys()])) {
    const [old, now] = [before.evidence.get(id), after.evidence.get(id)];
    const pmid = now?.pmid ?? old?.pmid ?? "";
    const standing = before.publications.get(pmid)?.retracted !== after.publications.get(pmid)?.retracted;
    if (!standing && JSON.stringify(old) === JSON.stringify(now)) continue;
    for (const row of [old, now]) if (row !== undefined) touched.add(row.relation);
  }
  return [...touched].sort();
}

async function writeRows(
  transaction: WriteTransaction,
  statement: string,
  rows: readonly Row[] | readonly object[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const [row] = await transaction.run(statement, { rows });
  return changedCount.parse(row ?? {}).changed;
}

const changedCount = z.object({ changed: z.number().default(0) });

function extractionRows(batch: readonly DocumentWrite[]): Row[] {
  return batch.flatMap(({ document: { pmid }, extractedBy: model }) =>
    model === undefined ? [] : [{ id: extractionId(pmid, model), pmid, model }],
  );
}

function extractionId(pmid: string, model: string): string {
  return `${pmid}|${model}`;
}

function refuseStrangers(batch: readonly DocumentWrite[]): void {
  for (const { document, evidence } of batch) {
    const stranger = evidence.find(({ pmid }) => pmid !== document.pmid);
    if (stranger === undefined) continue;
    throw new BioWeftError("BAD_INPUT", `evidence ${stranger.id} belongs to another publication`, {
      place: { pmid: document.pmid },
    });
  }
}

function sorted(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort();
}
