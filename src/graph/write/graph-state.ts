/**
 * The part of the graph that a batch of documents touches: taken and read before a write, merged with the documents, and
 * compared, so that only what differs is written. Runs inside the write's transaction: what is of papers alone first,
 * entities and relations, which many papers share, only when they are known to change.
 */
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { SOURCE_KINDS } from "../../core/evidence.js";
import { ENTITY_TYPES } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { Row, WriteTransaction } from "../neo4j/database.js";
import type { EntityVotes, PaperMention } from "./entity-votes.js";
import {
  type DocumentMention,
  documentKey,
  type Particulars,
  type StoredDocument,
} from "./stored-document.js";

/** A publication as stored. */
export interface StoredPublication extends Particulars {
  readonly pmid: string;
}

/** A row of evidence as stored; `mentions` is JSON, `relation` the id of what it supports. */
export type StoredEvidence = z.infer<typeof evidenceShape>;

/** What the graph holds of papers, by key: a document's, PMID, evidence id. */
export interface GraphState {
  readonly documents: ReadonlyMap<string, StoredDocument>;
  readonly publications: ReadonlyMap<string, StoredPublication>;
  /** PMIDs of papers that a notice retracts, whatever their documents say. */
  readonly retracted: ReadonlySet<string>;
  readonly evidence: ReadonlyMap<string, StoredEvidence>;
}

/** What is about to be changed: documents by their own names, and papers, which are made where they are unknown if asked. */
export interface StateKeys {
  readonly documents: readonly string[];
  readonly pmids: readonly string[];
  readonly makesPapers: boolean;
}

const year = z.nullable(z.number());
const particulars = {
  pmid: z.string(),
  title: z.nullable(z.string()).transform((title) => title ?? ""),
  journal: z.nullable(z.string()),
  year,
  doi: z.nullable(z.string()),
  retracted: z.nullable(z.boolean()).transform((retracted) => retracted === true),
};
const publicationShape = z.object(particulars);
const evidenceShape = z.object({
  id: z.string(),
  pmid: z.string(),
  document: z.string(),
  corpus: z.nullable(z.string()),
  relation: z.string(),
  sentence: z.string(),
  start: z.number(),
  end: z.number(),
  mentions: z.string(),
  probability: z.number(),
  sourceKind: z.enum(SOURCE_KINDS),
  source: z.string(),
  negated: z.boolean(),
  year,
  // A graph that was filled before models told these has none of them.
  subject: z.nullable(z.string()),
  subjectProbability: z.nullable(z.number()),
  novel: z.nullable(z.boolean()),
  noveltyProbability: z.nullable(z.number()),
});
// An empty list is not kept.
const texts = z.nullable(z.array(z.string())).transform((list) => list ?? []);
const numbers = z.nullable(z.array(z.number())).transform((list) => list ?? []);
const documentShape = z
  .object({
    ...particulars,
    document: z.string(),
    corpus: z.nullable(z.string()),
    curies: texts,
    types: z.nullable(z.array(z.enum(ENTITY_TYPES))).transform((list) => list ?? []),
    spellings: numbers,
    names: texts,
    counts: numbers,
    variants: texts,
    genes: texts,
    models: texts,
    digests: texts,
    merged: z.boolean(),
  })
  .transform(toDocument);
const entityShape = z
  .object({
    curie: z.string(),
    typeVotes: z.array(z.number()),
    synonyms: texts,
    synonymVotes: numbers,
    synonymPapers: numbers,
  })
  .transform(
    ({ curie, typeVotes, synonyms, synonymVotes, synonymPapers }): EntityVotes => ({
      curie,
      types: typeVotes,
      names: new Map(
        synonyms.map((name, index) => [
          name,
          { votes: at(synonymVotes, index), papers: at(synonymPapers, index) },
        ]),
      ),
    }),
  );

/** Another writer has moved a document to another paper meanwhile: the change is to be begun anew. */
export class PaperMoved extends BioWeftError {
  constructor() {
    super("DATABASE", "another write moved a document to another paper meanwhile; try again");
  }
}

/**
 * Takes these documents' papers, so that nobody else changes them until the transaction ends, and reads what the graph holds of
 * them: of the papers that the documents belonged to so far, too, with all their other documents, as a paper is what its
 * documents make of it. Throws PaperMoved.
 */
export async function takeGraphState(transaction: WriteTransaction, keys: StateKeys): Promise<GraphState> {
  const { documents: names, pmids: told } = keys;
  const current = await transaction.run("papers-of-documents", { documents: names });
  const others = sorted(current.map((row) => String(row["pmid"]))).filter((pmid) => !told.includes(pmid));
  await transaction.run("lock-papers", { pmids: keys.makesPapers ? others : sorted([...told, ...others]) });
  const taken = keys.makesPapers ? await transaction.run("lock-new-papers", { pmids: told }) : [];
  const made = new Set(taken.flatMap((row) => (row["isNew"] === true ? [String(row["pmid"])] : [])));
  const documents = keyed(
    await transaction.run("stored-documents", { documents: names, pmids: told }),
    (row) => documentShape.parse(row),
    ({ id }) => id,
  );
  const pmids = sorted([...told, ...others]);
  const locked = new Set(pmids);
  for (const { pmid } of documents.values()) if (!locked.has(pmid)) throw new PaperMoved();
  // Of papers that were just made there is nothing else.
  const known = { pmids: pmids.filter((pmid) => !made.has(pmid)) };
  const isKnown = known.pmids.length > 0;
  const publications = isKnown ? await transaction.run("stored-publications", known) : [];
  const retracted = await transaction.run("retraction-notices", { pmids });
  const evidence = isKnown ? await transaction.run("stored-evidence", known) : [];
  return {
    documents,
    publications: keyed(
      publications,
      (row) => publicationShape.parse(row),
      ({ pmid }) => pmid,
    ),
    retracted: new Set(retracted.map((row) => String(row["pmid"]))),
    evidence: keyed(
      evidence,
      (row) => evidenceShape.parse(row),
      ({ id }) => id,
    ),
  };
}

/** Takes entities for a change of their votes, and reads those that had any. */
export async function takeEntities(
  transaction: WriteTransaction,
  curies: readonly string[],
): Promise<ReadonlyMap<string, EntityVotes>> {
  if (curies.length === 0) return new Map();
  await transaction.run("lock-entities", { curies });
  return keyed(
    await transaction.run("stored-entities", { curies }),
    (row) => entityShape.parse(row),
    ({ curie }) => curie,
  );
}

/** Keys once each, in order, so that the same batch always asks the same. */
export function sorted(keys: Iterable<string>): string[] {
  return [...new Set(keys)].sort();
}

/** The key of a paper's mention of an entity. */
export function mentionKey({ pmid, curie }: Pick<PaperMention, "pmid" | "curie">): string {
  return `${pmid}\t${curie}`;
}

/** What stands at a place of one list beside that of another; such lists in a node are always of one length. */
function at<T>(list: readonly T[], index: number): T {
  return required(list[index], `value ${index} of a list in the graph`);
}

function toDocument(
  row: {
    readonly document: string;
    readonly corpus: string | null;
    readonly curies: readonly string[];
    readonly types: readonly DocumentMention["type"][];
    readonly spellings: readonly number[];
    readonly names: readonly string[];
    readonly counts: readonly number[];
    readonly variants: readonly string[];
    readonly genes: readonly string[];
    readonly models: readonly string[];
    readonly digests: readonly string[];
  } & Particulars & { readonly pmid: string; readonly merged: boolean },
): StoredDocument {
  const { curies, types, spellings, names, counts, variants, genes, models, digests, ...rest } = row;
  const mentions = new Map<string, DocumentMention>();
  let next = 0;
  for (const [index, curie] of curies.entries()) {
    const spelled = new Map<string, number>();
    for (const end = next + at(spellings, index); next < end; next++) {
      spelled.set(at(names, next), at(counts, next));
    }
    mentions.set(curie, { type: at(types, index), names: spelled });
  }
  return {
    ...rest,
    id: documentKey(row.document, row.corpus),
    mentions,
    genes: variants.map((variant, index) => ({ variant, gene: at(genes, index) })),
    readings: new Map(models.map((model, index) => [model, at(digests, index)])),
  };
}

function keyed<T>(rows: readonly Row[], parse: (row: Row) => T, key: (value: T) => string): Map<string, T> {
  return new Map(rows.map((row) => parse(row)).map((value) => [key(value), value]));
}
