/**
 * The documents whose texts the graph keeps, as `Document`s with their mentions and with the relations that are said of
 * them: who denies and corrects as a curator is heard, so that a classifier can learn from it. Knows no file format.
 */
import { z } from "zod";
import { type Document, documentText, type Mention, PASSAGE_KINDS } from "../../core/document.js";
import { relationEnds, relationTypeOf, SOURCE_KINDS } from "../../core/evidence.js";
import { relationDirection } from "../../core/qualifiers/direction.js";
import { ENTITY_TYPES } from "../../core/relation-types.js";
import type { ExportedPage, ExportSource } from "./exported-graph.js";
import { graphPages } from "./graph-pages.js";

const optional = <T extends z.ZodType>(shape: T) => z.nullish(shape).transform((value) => value ?? undefined);
const said = z.object({
  relation: z.string(),
  source: z.string(),
  sourceKind: z.enum(SOURCE_KINDS),
  probability: z.number(),
  negated: z.boolean(),
  subject: z.nullable(z.string()),
  subjectProbability: z.nullable(z.number()),
  novel: z.nullable(z.boolean()),
  noveltyProbability: z.nullable(z.number()),
});
const parsed = <T extends z.ZodType>(shape: T) =>
  z.string().transform((json): z.infer<T> => shape.parse(JSON.parse(json)));
const documentRow = z.object({
  document: z.string(),
  corpus: optional(z.string()),
  pmid: z.string(),
  title: optional(z.string()),
  journal: optional(z.string()),
  year: optional(z.number()),
  doi: optional(z.string()),
  retracted: optional(z.boolean()),
  passages: parsed(z.array(z.object({ kind: z.enum(PASSAGE_KINDS), offset: z.number(), text: z.string() }))),
  mentions: parsed(
    z.array(
      z.object({ type: z.enum(ENTITY_TYPES), ids: z.array(z.string()), start: z.number(), end: z.number() }),
    ),
  ),
  rows: z.array(said),
});
type SaidRow = z.infer<typeof said>;

const PAGES = { statement: "export-texts", pageSize: 100 };

/** Documents behind an id, of a year or earlier where one is given; `isCorrected` keeps those that a curator judged. */
export async function* exportedDocuments(
  { database, filter, options }: ExportSource,
  after: string,
): AsyncGenerator<ExportedPage<Document>> {
  const { asOf, isCorrected, types, sources } = filter;
  for await (const { rows, last } of graphPages(database, PAGES, after, options, {
    asOf,
    corrected: isCorrected,
  })) {
    const documents = rows.map((row) => {
      const found = documentRow.parse(row);
      const relations = relationsOf(found.rows, sources).filter(
        ({ type }) => types?.includes(type) !== false,
      );
      return toDocument(found, relations);
    });
    yield { rows: documents, last };
  }
}

/** How many documents an export cannot show, as their texts were not kept. */
export async function documentsWithoutText({
  database,
  options,
}: Omit<ExportSource, "filter">): Promise<number> {
  const [row] = await database.read("count-documents-without-text", {}, options);
  return z.object({ count: z.number() }).parse(row).count;
}

type GoldRelation = Document["relations"][number] & { readonly type: ReturnType<typeof relationTypeOf> };

function toDocument(found: z.infer<typeof documentRow>, relations: readonly GoldRelation[]): Document {
  const { document, pmid, passages, mentions, corpus, title, journal, year, doi, retracted } = found;
  const text = documentText({ passages });
  const known = Object.entries({ corpus, journal, year, doi }).filter(([, value]) => value !== undefined);
  return {
    pmid: document,
    ...(pmid === document ? {} : { publication: pmid }),
    ...Object.fromEntries(known),
    ...(title === undefined || title === "" ? {} : { title }),
    ...(retracted === true ? { retracted } : {}),
    passages,
    mentions: mentions.map(
      (mention): Mention => ({
        ...mention,
        sourceIds: mention.ids.map(asPubTator),
        text: text.slice(mention.start, mention.end),
      }),
    ),
    relations,
  };
}

/** The relations that somebody says and of whom no more curators deny than affirm it, in the order of their ids. */
function relationsOf(rows: readonly SaidRow[], sources: readonly string[] | null): GoldRelation[] {
  const byRelation = new Map<string, SaidRow[]>();
  for (const row of rows) byRelation.set(row.relation, [...(byRelation.get(row.relation) ?? []), row]);
  return [...byRelation]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, told]) => {
      const curators = told.filter(({ sourceKind }) => sourceKind === "curator");
      const denials = curators.filter(({ negated }) => negated).length;
      const speaking = told.filter(({ negated }) => !negated);
      const isAsked = sources === null || speaking.some(({ source }) => sources.includes(source));
      const stands = speaking.length > 0 && isAsked && denials <= curators.length - denials;
      return stands ? [toGold(id, speaking)] : [];
    });
}

function toGold(id: string, rows: readonly SaidRow[]): GoldRelation {
  const [subject, object] = relationEnds(id);
  const directed = rows.flatMap(({ subjectProbability, ...row }) =>
    subjectProbability === null ? [] : [{ ...row, pmid: row.source, subjectProbability }],
  );
  const acting = relationDirection(directed)?.subject;
  const surest = rows
    .filter(({ novel }) => novel !== null)
    .sort((a, b) => (b.noveltyProbability ?? 1) - (a.noveltyProbability ?? 1))[0];
  return {
    ...{ subject, object, type: relationTypeOf(id) },
    ...(surest?.novel === undefined || surest.novel === null ? {} : { novel: surest.novel }),
    ...(acting === undefined || acting === null ? {} : { directedFrom: acting }),
  };
}

/** An identifier as PubTator writes it: MeSH, gene and organism numbers without their prefixes. */
function asPubTator(curie: string): string {
  return curie.replace(/(?:MESH|NCBIGene|NCBITaxon|dbSNP):(?=[A-Za-z]{0,2}\d)/g, "");
}
