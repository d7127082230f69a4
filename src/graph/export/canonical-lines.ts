/**
 * The whole graph as lines of JSON in a fixed order, by which two graphs can be compared: equal lines are equal graphs,
 * however and in whatever order they were filled. Of times of writing and ids drawn at random there is nothing, nor of
 * what belongs to the running of a server: jobs, keys, standing questions, migrations, the graph's version.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Database, QueryOptions, Row } from "../neo4j/database.js";
import { type GraphRows, graphPages, type PagedStatement } from "./graph-pages.js";

/** One kind of thing in the graph, and the lines that a row of it gives. */
interface CanonicalKind extends PagedStatement {
  readonly toLines: (row: Row) => string[];
}

const properties = z.record(z.string(), z.unknown());
const linked = z.array(z.object({ curie: z.string(), properties }));
const publicationRow = z.object({ key: z.string(), properties, mentions: linked });
const documentRow = z.object({ pmid: z.nullable(z.string()), properties, text: z.nullable(properties) });
const entityRow = z.object({ labels: z.array(z.string()), properties, genes: linked });
const relationRow = z.object({
  subject: z.nullable(z.string()),
  object: z.nullable(z.string()),
  properties,
  direct: z.array(z.object({ type: z.string(), properties })),
});
const evidenceRow = z.object({ pmid: z.nullable(z.string()), relation: z.nullable(z.string()), properties });
const plainRow = z.object({ properties });

/** In the order of the lines. */
const KINDS: readonly CanonicalKind[] = [
  {
    statement: "export-publications",
    pageSize: 500,
    toLines: (row) => {
      const { key: pmid, properties: told, mentions } = publicationRow.parse(row);
      const lines = mentions.map(({ curie, properties: how }) => line("mention", { pmid, curie, ...how }));
      return [line("publication", told), ...lines.sort()];
    },
  },
  {
    statement: "export-documents",
    pageSize: 100,
    toLines: (row) => {
      const { pmid, properties: said, text } = documentRow.parse(row);
      const lines = [line("document", { ...said, pmid })];
      if (text === null) return lines;
      return [
        ...lines,
        line("text", { ...text, passages: json(text["passages"]), mentions: json(text["mentions"]) }),
      ];
    },
  },
  {
    statement: "export-entities",
    pageSize: 1000,
    toLines: (row) => {
      const { labels, properties: told, genes } = entityRow.parse(row);
      const lies = genes.map(({ curie, properties: how }) =>
        line("variantGene", { variant: told["curie"], gene: curie, ...how }),
      );
      return [line("entity", { ...told, labels: labels.sort() }), ...lies.sort()];
    },
  },
  {
    statement: "export-relations",
    pageSize: 1000,
    toLines: (row) => {
      const { subject, object, properties: told, direct } = relationRow.parse(row);
      const between = direct.map(({ type, properties: how }) => line(type, how)).sort();
      return [line("relation", { ...told, subject, object, direct: between.map(json) })];
    },
  },
  {
    statement: "export-evidence",
    pageSize: 1000,
    toLines: (row) => {
      const { pmid, relation, properties: told } = evidenceRow.parse(row);
      return [line("evidence", { ...told, pmid, relation, mentions: json(told["mentions"]) })];
    },
  },
  {
    statement: "export-retractions",
    pageSize: 2000,
    toLines: (row) => {
      const { at: _, ...told } = plainRow.parse(row).properties;
      return [line("retractionNotice", told)];
    },
  },
  {
    statement: "export-version-ranks",
    pageSize: 2000,
    toLines: (row) => [line("versionRank", plainRow.parse(row).properties)],
  },
];

/** How much of an export was made. */
type OnLines = (lines: number) => void;

/** The lines, some at a time, each with its line end. Constant memory but for the audit trail of curators, which is sorted. */
export async function* canonicalLines(
  database: Database,
  options: QueryOptions = {},
  onLines: OnLines = () => undefined,
): AsyncGenerator<string> {
  let made = 0;
  for (const kind of KINDS) {
    for await (const { rows } of graphPages(database, kind, "", options)) {
      const lines = rows.flatMap((row) => kind.toLines(row));
      made += lines.length;
      onLines(made);
      yield lines.join("");
    }
  }
  // Their own ids are drawn at random, and their times are those of writing: they are ordered by what they say.
  const judged: string[] = [];
  const curations: PagedStatement = { statement: "export-curations", pageSize: 1000 };
  for await (const page of graphPages(database, curations, "", options)) judged.push(...curationLines(page));
  onLines(made + judged.length);
  if (judged.length > 0) yield judged.sort().join("");
}

/** SHA-256 of the lines, in hexadecimal: what `sha256sum` says of the canonical export. */
export async function canonicalHash(
  database: Database,
  options: QueryOptions = {},
  onLines?: OnLines,
): Promise<string> {
  const hash = createHash("sha256");
  for await (const text of canonicalLines(database, options, onLines)) hash.update(text);
  return hash.digest("hex");
}

function curationLines({ rows }: GraphRows): string[] {
  return rows.map((row) => {
    const { id: _id, at: _at, endedAt, correction, ...said } = plainRow.parse(row).properties;
    const holds = endedAt === undefined;
    return line("curation", {
      ...said,
      holds,
      correction: correction === undefined ? null : json(correction),
    });
  });
}

/** JSON that a property holds, parsed, so that the order of its keys says nothing. */
function json(text: unknown): unknown {
  return JSON.parse(z.string().parse(text));
}

/** One line: what it is of, then its properties in the order of their names; what is null is absent. */
function line(kind: string, told: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ kind, ...(inOrder(told) as object) })}\n`;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(
    known.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one)]),
  );
}
