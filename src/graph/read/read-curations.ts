/**
 * Reads what curators judged, and the row of evidence that a judgement is of.
 */
import { z } from "zod";
import type { JudgedClaim } from "../../core/curation/agreement.js";
import { CURATION_VERDICTS, type Curation } from "../../core/curation/curation.js";
import { relationTypeOf } from "../../core/evidence.js";
import { RELATION_TYPES } from "../../core/relation-types.js";
import type { Database } from "../neo4j/database.js";
import type { GraphPage } from "./read-relations.js";

const correctionShape = z.object({
  type: z.enum(RELATION_TYPES).optional(),
  subject: z.string().optional(),
  object: z.string().optional(),
  acts: z.string().nullable().optional(),
});
const curationRow = z.object({
  id: z.string(),
  evidence: z.string(),
  relation: z.string(),
  document: z.string(),
  pmid: z.string(),
  verdict: z.enum(CURATION_VERDICTS),
  curator: z.string(),
  comment: z.nullable(z.string()),
  correction: z
    .nullable(z.string())
    .transform((json) => (json === null ? null : correctionShape.parse(JSON.parse(json)))),
  at: z.number(),
  endedAt: z.nullable(z.number()),
  endedBy: z.nullable(z.string()),
});
const claimRow = z.object({
  id: z.string(),
  pmid: z.string(),
  document: z.string(),
  corpus: z.nullable(z.string()),
  relation: z.string(),
  type: z.enum(RELATION_TYPES),
  subjectEnd: z.string(),
  objectEnd: z.string(),
  sentence: z.string(),
  start: z.number(),
  end: z.number(),
  mentions: z.string(),
  year: z.nullable(z.number()),
  subject: z.nullable(z.string()),
  subjectProbability: z.nullable(z.number()),
});

/** A row of evidence as a judgement takes it up; `mentions` is JSON. */
export type ClaimRow = z.infer<typeof claimRow>;

/** Which judgements to give. Null asks nothing; `held` keeps those that still hold. */
interface CurationQuery {
  readonly evidence: string | null;
  readonly pmid: string | null;
  readonly curator: string | null;
  readonly held: boolean | null;
}

/** The row of evidence, or undefined for an unknown id. */
export async function readClaim(database: Database, id: string): Promise<ClaimRow | undefined> {
  const [row] = await database.read("evidence-to-curate", { id });
  return row === undefined ? undefined : claimRow.parse(row);
}

/** One page of the audit trail, the latest first; `after` is (time, id). */
export async function readCurations(
  database: Database,
  query: CurationQuery,
  page: GraphPage,
  id: string | null = null,
): Promise<Curation[]> {
  const [afterAt, afterId] = page.after ?? [null, null];
  const rows = await database.read("curations", { ...query, id, afterAt, afterId, limit: page.limit });
  return rows.map((row) => curationRow.parse(row));
}

/** How many judgements there are. */
export async function countCurations(database: Database, query: CurationQuery): Promise<number> {
  const [row] = await database.read("count-curations", { ...query });
  return z.object({ count: z.number() }).parse(row).count;
}

const judgedRow = z.object({
  relation: z.string(),
  said: z.array(
    z.object({ curator: z.string(), verdict: z.enum(CURATION_VERDICTS), correction: z.nullable(z.string()) }),
  ),
});

/** What more than one curator judged; who corrects alike agrees. */
export async function readJudgedBySeveral(database: Database): Promise<JudgedClaim[]> {
  const rows = await database.read("claims-judged-by-several", {});
  return rows
    .map((row) => judgedRow.parse(row))
    .map(({ relation, said }) => ({
      type: relationTypeOf(relation),
      said: said.map(({ curator, verdict, correction }) => ({
        curator,
        word: `${verdict} ${correction ?? ""}`,
      })),
    }));
}
