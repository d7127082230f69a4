/**
 * Marks papers as retracted, or takes that back, whatever their documents say: as notices that stay, so that a paper that is
 * written later is retracted too. Beliefs follow in the same transaction.
 */
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { SOURCE_KINDS } from "../../core/evidence.js";
import { required } from "../../core/required.js";
import { inGroups } from "../../core/turns/in-groups.js";
import type { Database, WriteTransaction } from "../neo4j/database.js";
import type { SupportRow } from "../read/relation-strength.js";
import { noteChange } from "./note-change.js";
import { changeRelations, type SupportChange } from "./write-relations.js";

/** What is to become of the papers. */
interface RetractionOptions {
  /** Takes the notices back: a paper is retracted then only where its own documents say so. */
  readonly undo?: boolean;
  /** Who says so, for the record. */
  readonly by?: string;
  readonly signal?: AbortSignal;
  /** Told after every transaction how many of the papers are done. */
  readonly onProgress?: (done: number) => void;
}

/** What came of it. */
export interface RetractionCounts {
  /** Papers whose standing changed. */
  readonly changed: number;
  /** Papers of the graph that stood so already. */
  readonly unchanged: number;
  /** Of those that are unchanged by an undoing: retracted still, as their documents say so. */
  readonly stillRetracted: number;
  /** Papers that the graph does not have; their notices are kept all the same. */
  readonly unknown: number;
  /** Relations whose belief was computed anew. */
  readonly relations: number;
}

/** Papers a transaction. */
const BATCH = 500;

const marked = z.object({ pmid: z.string(), before: z.boolean(), now: z.boolean() });
const supportShape = z.object({
  relation: z.string(),
  pmid: z.string(),
  probability: z.number(),
  sourceKind: z.enum(SOURCE_KINDS),
  source: z.string(),
  negated: z.boolean(),
  year: z.nullable(z.number()),
});

/**
 * Retracts papers by PMID, or undoes that: each batch whole or not at all, and the same again changes nothing. Throws
 * DATABASE, or CANCELLED between batches.
 */
export async function retractPublications(
  database: Database,
  pmids: readonly string[],
  options: RetractionOptions = {},
): Promise<RetractionCounts> {
  let counts: RetractionCounts = { changed: 0, unchanged: 0, stillRetracted: 0, unknown: 0, relations: 0 };
  // A relation of several batches is one.
  const relations = new Set<string>();
  let done = 0;
  for await (const batch of inGroups([...new Set(pmids)].sort(), BATCH)) {
    if (options.signal?.aborted === true) throw new BioWeftError("CANCELLED", "the retracting was stopped");
    const more = await database.transact((transaction) => retractBatch(transaction, batch, options));
    for (const relation of more.relations) relations.add(relation);
    counts = { ...addCounts(counts, more), relations: relations.size };
    done += batch.length;
    options.onProgress?.(done);
  }
  return counts;
}

async function retractBatch(
  transaction: WriteTransaction,
  pmids: readonly string[],
  { undo = false, by }: RetractionOptions,
): Promise<PaperCounts & { readonly relations: readonly string[] }> {
  // Papers that are not there are made and taken, too, so that nobody writes them without seeing the notice.
  await transaction.run("lock-new-papers", { pmids });
  if (undo) await transaction.run("remove-retractions", { pmids });
  else await transaction.run("record-retractions", { pmids, by: by ?? null, at: Date.now() });
  const known = (await transaction.run("mark-publications", { pmids })).map((row) => marked.parse(row));
  const changed = known.filter(({ before, now }) => before !== now);
  const changes = await supportChanges(transaction, changed);
  const relations = [...changes.keys()].sort();
  if (relations.length > 0) await transaction.run("lock-relations", { ids: relations });
  await changeRelations(transaction, changes);
  await transaction.run("remove-empty-papers", { pmids });
  if (changed.length > 0) await noteChange(transaction, relations);
  return {
    changed: changed.length,
    unchanged: known.length - changed.length,
    stillRetracted: undo ? known.filter(({ now }) => now).length : 0,
    unknown: pmids.length - known.length,
    relations,
  };
}

/** What the papers' evidence is to their relations, before and now; what other papers say is not looked at. */
async function supportChanges(
  transaction: WriteTransaction,
  papers: readonly z.infer<typeof marked>[],
): Promise<Map<string, SupportChange>> {
  const changes = new Map<string, { before: SupportRow[]; after: SupportRow[] }>();
  if (papers.length === 0) return changes;
  const standing = new Map(papers.map((paper) => [paper.pmid, paper]));
  for (const found of await transaction.run("support-of-publications", { pmids: [...standing.keys()] })) {
    const { relation, ...row } = supportShape.parse(found);
    const { before, now } = required(standing.get(row.pmid), row.pmid);
    const change = changes.get(relation) ?? { before: [], after: [] };
    changes.set(relation, change);
    change.before.push({ ...row, retracted: before });
    change.after.push({ ...row, retracted: now });
  }
  return changes;
}

type PaperCounts = Omit<RetractionCounts, "relations">;

function addCounts(one: PaperCounts, other: PaperCounts): PaperCounts {
  return {
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    stillRetracted: one.stillRetracted + other.stillRetracted,
    unknown: one.unknown + other.unknown,
  };
}
