/**
 * A stream of documents → the tables of the graph that writing them one after the other would have made. What belongs together is
 * set aside on disk in parts: first by paper, which the merging of ordinary writes settles; then evidence by relation, of
 * which the strength follows. Memory holds one part, and the names of all entities.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ApiKey } from "../../core/api/access.js";
import { publicationOf } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { relationEnds, relationTypeOf } from "../../core/evidence.js";
import { Spill } from "../../core/files/spill.js";
import type { VersionRank } from "../../core/sources/source-item.js";
import { inGroups } from "../../core/turns/in-groups.js";
import { relationStrength, type SupportRow } from "../read/relation-strength.js";
import { refuseNullIds, refuseStrangers } from "../write/checked-writes.js";
import { toTextRow } from "../write/document-text.js";
import { type EntityVotes, joinVotes } from "../write/entity-votes.js";
import type { GraphState } from "../write/graph-state.js";
import { type DocumentWrite, mergeDocuments, votedEntities } from "../write/merge-documents.js";
import {
  toDocumentRow,
  toEntityRow,
  toEvidenceRow,
  toMentionRow,
  toPublicationRow,
} from "../write/state-rows.js";
import { TableWriter } from "./table-writer.js";
import { checkHeaders, TABLES, type Table, type TableName } from "./tables.js";

/** What is loaded. */
export interface BulkContents {
  readonly writes: AsyncIterable<DocumentWrite> | Iterable<DocumentWrite>;
  /** Set where each paper comes once, with all its documents: nothing is set aside then. */
  readonly papersOnce?: true;
  /** How late the versions of papers are; asked for when all writes are read. */
  readonly ranks?: () => ReadonlyMap<string, VersionRank>;
  /** Keys of the API that the graph had, which it keeps. */
  readonly keys?: readonly ApiKey[];
}

/** How it is done. */
export interface TableOptions {
  readonly signal?: AbortSignal;
  /** Told what is being done, and how many documents or relations of it are done. */
  readonly onProgress?: (stage: string, done: number) => void;
  /** Parts that rows are set aside in; 64, of which each is to fit into memory. */
  readonly parts?: number;
}

/** A finished table. */
export interface FinishedTable extends Table {
  readonly path: string;
  readonly rows: number;
  readonly longest: number;
  readonly hasLineBreaks: boolean;
}

const EMPTY: GraphState = {
  documents: new Map(),
  publications: new Map(),
  retracted: new Set(),
  evidence: new Map(),
};
const PARTS = 64;
const TELL_EVERY = 10_000;
/** Documents that are merged together where each paper comes once: few, so that what is made of them is young when it goes. */
const TOGETHER = 100;

/** Writes all tables below a folder. Throws BAD_INPUT for what ordinary writes refuse too, and CANCELLED. */
export async function writeTables(
  folder: string,
  contents: BulkContents,
  options: TableOptions = {},
): Promise<Record<TableName, FinishedTable>> {
  mkdirSync(folder, { recursive: true });
  const builder = new TableBuilder(folder, options);
  try {
    if (contents.papersOnce === true) await builder.settleStream(contents.writes);
    else {
      await builder.setAside(contents.writes);
      builder.settlePapers();
    }
    builder.settleRelations();
    builder.writeRest(contents.ranks?.() ?? new Map(), contents.keys ?? []);
    return builder.finish();
  } finally {
    builder.close();
  }
}

class TableBuilder {
  private readonly writers: Record<TableName, TableWriter>;
  private readonly papers: Spill;
  private readonly support: Spill;
  private readonly votes = new Map<string, EntityVotes>();
  private readonly links = new Map<string, { variant: string; gene: string; documents: number }>();

  constructor(
    folder: string,
    private readonly options: TableOptions,
  ) {
    const writer = ([name, table]: [string, Table]) => [
      name,
      new TableWriter(join(folder, `${name}.csv`), name, table),
    ];
    this.writers = Object.fromEntries(Object.entries(TABLES).map(writer)) as Record<TableName, TableWriter>;
    this.papers = new Spill(folder, options.parts ?? PARTS);
    this.support = new Spill(folder, options.parts ?? PARTS);
    checkHeaders(
      Object.fromEntries(
        Object.entries(this.writers).map(([name, { header, table }]) => [name, { kind: table.kind, header }]),
      ),
    );
  }

  /** Reads the stream, and sets each document aside with the others of its paper. */
  async setAside(writes: BulkContents["writes"]): Promise<void> {
    let done = 0;
    for await (const write of writes) {
      refuseStrangers([write]);
      this.papers.add(publicationOf(write.document), JSON.stringify(write));
      this.tell("read", ++done);
    }
    this.options.onProgress?.("read", done);
  }

  /** Merges what each paper's documents say, and writes all that follows from one paper alone. */
  settlePapers(): void {
    let done = 0;
    for (const lines of this.papers.parts()) {
      const batch: DocumentWrite[] = [];
      for (const line of lines) batch.push(JSON.parse(line) as DocumentWrite);
      this.settle(batch);
      done += batch.length;
      this.tell("merged", done, true);
    }
  }

  /** The same of a stream in which each paper comes once. */
  async settleStream(writes: BulkContents["writes"]): Promise<void> {
    let done = 0;
    for await (const batch of inGroups(writes, TOGETHER)) {
      refuseStrangers(batch);
      this.settle(batch);
      done += batch.length;
      this.tell("merged", done, true);
    }
  }

  private settle(batch: readonly DocumentWrite[]): void {
    const { publications, documents, texts, partOf, textOf, mentions, evidence, from, supports } =
      this.writers;
    const state = mergeDocuments(EMPTY, batch);
    for (const publication of state.publications.values()) publications.write(toPublicationRow(publication));
    for (const document of state.documents.values()) {
      refuseNullIds(document);
      const row = toDocumentRow(document);
      documents.write(row);
      partOf.write(row);
      for (const link of document.genes) this.countLink(link);
    }
    for (const row of new Map(
      batch.map(({ document }) => toTextRow(document)).map((row) => [row["id"], row]),
    ).values()) {
      texts.write(row);
      textOf.write(row);
    }
    for (const mention of state.mentions.values()) mentions.write(toMentionRow(mention));
    for (const stored of state.evidence.values()) {
      const row = toEvidenceRow(stored);
      evidence.write(row);
      from.write(row);
      supports.write(row);
      const { relation, pmid, probability, sourceKind, source, negated, year } = stored;
      const retracted = state.publications.get(pmid)?.retracted;
      this.support.add(
        relation,
        JSON.stringify([relation, { pmid, probability, sourceKind, source, negated, retracted, year }]),
      );
    }
    for (const [curie, votes] of votedEntities(new Map(), EMPTY, state)) {
      const known = this.votes.get(curie);
      this.votes.set(curie, known === undefined ? votes : joinVotes(known, votes));
    }
  }

  private countLink({ variant, gene }: { readonly variant: string; readonly gene: string }): void {
    const key = `${variant}\t${gene}`;
    const documents = (this.links.get(key)?.documents ?? 0) + 1;
    this.links.set(key, { variant, gene, documents });
  }

  /** Writes the relations, each with the strength that all its evidence gives it. */
  settleRelations(): void {
    let done = 0;
    for (const lines of this.support.parts()) {
      const relations = new Map<string, SupportRow[]>();
      for (const line of lines) {
        const [id, row] = JSON.parse(line) as [string, SupportRow];
        const rows = relations.get(id);
        if (rows === undefined) relations.set(id, [row]);
        else rows.push(row);
      }
      for (const [id, rows] of relations) this.writeRelation(id, rows);
      done += relations.size;
      this.tell("weighed", done, true);
    }
  }

  private writeRelation(id: string, rows: readonly SupportRow[]): void {
    const [subject, object] = relationEnds(id);
    const type = relationTypeOf(id);
    const row = { id, type, subject, object, directType: type.toUpperCase(), ...relationStrength(rows) };
    for (const table of ["relations", "subjects", "objects", "direct"] as const)
      this.writers[table].write(row);
  }

  /** Writes what is of all papers together. */
  writeRest(ranks: ReadonlyMap<string, VersionRank>, keys: readonly ApiKey[]): void {
    const { entities, variantGenes, versionRanks, versions, keys: keyTable } = this.writers;
    for (const votes of this.votes.values()) entities.write(toEntityRow(votes));
    for (const link of this.links.values()) variantGenes.write(link);
    for (const [pmid, { file, version }] of ranks) versionRanks.write({ pmid, file, version });
    for (const { id, name, role, hash, createdAtMillis, revokedAtMillis } of keys)
      keyTable.write({ id, name, role, hash, createdAtMillis, revokedAtMillis });
    versions.write({ id: "graph", version: 1, identity: randomUUID() });
  }

  finish(): Record<TableName, FinishedTable> {
    this.close();
    const finished = Object.entries(this.writers).map(
      ([name, { path, table, rows, longest, hasLineBreaks }]) => [
        name,
        { ...table, path, rows, longest, hasLineBreaks },
      ],
    );
    return Object.fromEntries(finished) as Record<TableName, FinishedTable>;
  }

  close(): void {
    for (const writer of Object.values(this.writers)) writer.close();
    this.papers.close();
    this.support.close();
  }

  private tell(stage: string, done: number, always = false): void {
    if (!always && done % TELL_EVERY !== 0) return;
    if (this.options.signal?.aborted === true)
      throw new BioWeftError("CANCELLED", "the load was stopped; the graph is as it was");
    this.options.onProgress?.(stage, done);
  }
}
