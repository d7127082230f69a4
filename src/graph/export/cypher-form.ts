/**
 * The graph as Cypher that fills an empty Neo4j: by the very statements that BioWeft writes with, so that the same graph
 * comes of it, texts, evidence and judgements too. Filtered, or as of a year, it is entities and relations alone.
 */
import { z } from "zod";
import type { Row } from "../neo4j/database.js";
import { schemaText, statementText } from "./cypher-text.js";
import { type ExportForm, type ExportStage, type TextShape, textPieces } from "./export-form.js";
import { type ExportSource, exportedEntities, exportedRelations, isNarrow } from "./exported-graph.js";
import { graphPages, type PagedStatement } from "./graph-pages.js";

/** Cypher, one file. */
export const CYPHER: ExportForm = {
  name: "cypher",
  description: "Cypher that makes the same graph in an empty Neo4j",
  shows: "graph",
  parts: [
    {
      ...{ name: "graph", suffix: ".cypher", mediaType: "text/plain; charset=utf-8", isResumable: true },
      pieces: (source, after) => textPieces(isNarrow(source.filter) ? narrow() : whole(), source, after),
    },
  ],
};

const properties = z.record(z.string(), z.unknown());
const linked = z.array(z.object({ curie: z.string(), properties }));
const plainRow = z.object({ properties });
const publicationRow = z.object({ key: z.string(), mentions: linked });
const documentRow = z.object({ pmid: z.string(), properties, text: z.nullable(properties) });
const entityRow = z.object({ key: z.string(), genes: linked });
const relationRow = z.object({ subject: z.string(), object: z.string(), properties });
const evidenceRow = z.object({ pmid: z.string(), relation: z.string(), properties });

type Rows = readonly Row[];

/** Everything, each thing behind those that it stands on. */
function whole(): TextShape {
  const publications = { statement: "export-publications", pageSize: 500 };
  const entities = { statement: "export-entities", pageSize: 1000 };
  return {
    opening: schemaText(),
    stages: [
      stage("publications", publications, (rows) => statementText("write-publications", rows.map(told))),
      stage("documents", { statement: "export-documents", pageSize: 100 }, documentText),
      stage("entities", entities, (rows) => statementText("write-entities", rows.map(told))),
      stage("genes", entities, geneText),
      stage("mentions", publications, mentionText),
      stage("relations", { statement: "export-relations", pageSize: 1000 }, relationText),
      stage("evidence", { statement: "export-evidence", pageSize: 1000 }, evidenceText),
      stage("versions", { statement: "export-version-ranks", pageSize: 2000 }, (rows) =>
        statementText("record-version-ranks", rows.map(told)),
      ),
      stage("retractions", { statement: "export-retractions", pageSize: 2000 }, (rows) =>
        statementText("restore-retractions", rows.map(told)),
      ),
      stage("curations", { statement: "export-curations", pageSize: 1000 }, (rows) =>
        statementText("restore-curations", rows.map(told)),
      ),
    ],
    closing: "",
  };
}

/** Entities and relations that pass the filter. */
function narrow(): TextShape {
  return {
    opening: schemaText(),
    stages: [
      {
        name: "entities",
        async *pieces(source, after) {
          for await (const { rows, last } of exportedEntities(source, after)) {
            yield { text: statementText("write-entities", rows), rows: rows.length, last };
          }
        },
      },
      {
        name: "relations",
        async *pieces(source, after) {
          for await (const { rows, last } of exportedRelations(source, after)) {
            const plain = rows.map(({ evidence: _, acting: __, ...relation }) => relation);
            const text = statementText("write-relations", plain) + statementText("update-relations", plain);
            yield { text, rows: rows.length, last };
          }
        },
      },
    ],
    closing: "",
  };
}

function stage(name: string, statement: PagedStatement, toText: (rows: Rows) => string): ExportStage {
  return {
    name,
    async *pieces({ database, options }: ExportSource, after) {
      for await (const { rows, last } of graphPages(database, statement, after, options)) {
        yield { text: toText(rows), rows: rows.length, last };
      }
    },
  };
}

function told(row: Row): Row {
  return plainRow.parse(row).properties;
}

function documentText(rows: Rows): string {
  const documents = rows.map((row) => documentRow.parse(row));
  const texts = documents.flatMap(({ text }) => (text === null ? [] : [text]));
  return (
    statementText(
      "write-documents",
      documents.map(({ pmid, properties: said }) => ({ ...said, pmid })),
    ) + statementText("write-texts", texts)
  );
}

function geneText(rows: Rows): string {
  const links = rows
    .map((row) => entityRow.parse(row))
    .flatMap(({ key, genes }) =>
      genes.map((gene) => ({ variant: key, gene: gene.curie, ...gene.properties })),
    );
  return statementText("restore-variant-genes", links);
}

function mentionText(rows: Rows): string {
  const mentions = rows
    .map((row) => publicationRow.parse(row))
    .flatMap(({ key: pmid, mentions: all }) =>
      all.map(({ curie, properties: how }) => ({ pmid, curie, ...how })),
    );
  return statementText("write-mentions", mentions);
}

function relationText(rows: Rows): string {
  const relations = rows.map((row) => relationRow.parse(row));
  const ended = relations.map(({ properties: known, ...ends }) => ({ ...known, ...ends }));
  return statementText("write-relations", ended) + statementText("update-relations", ended);
}

function evidenceText(rows: Rows): string {
  const evidence = rows.map((row) => evidenceRow.parse(row));
  return statementText(
    "write-evidence",
    evidence.map(({ properties: known, pmid, relation }) => ({ ...known, pmid, relation })),
  );
}
