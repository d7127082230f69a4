/**
 * What would become of relations without one paper: their belief and papers by the rule that a write applies, computed and not
 * written.
 */
import { z } from "zod";
import { inGroups } from "../../core/turns/in-groups.js";
import type { Database } from "../neo4j/database.js";
import { relationStrength, supportedRelation } from "./relation-strength.js";

/** A relation that a paper speaks of, with it and without it. */
export interface RelationImpact {
  readonly relation: string;
  readonly belief: number;
  readonly beliefWithout: number;
  readonly papers: number;
  readonly papersWithout: number;
}

/** Relations whose evidence is read at once: a hub's relation has thousands of rows. */
const BATCH = 200;

/** What the relations of a paper are without it: those that change, by how much belief falls, the most first. */
export async function impactOfPublication(database: Database, pmid: string): Promise<RelationImpact[]> {
  const relations = (await database.read("relations-of-publication", { pmid })).map(
    (row) => z.object({ relation: z.string() }).parse(row).relation,
  );
  const impacts: RelationImpact[] = [];
  for await (const ids of inGroups(relations, BATCH)) {
    const rows = await database.read("support-of-relations", { ids });
    impacts.push(...rows.map((row) => impactOn(supportedRelation.parse(row), pmid)));
  }
  const fall = ({ belief, beliefWithout }: RelationImpact) => belief - beliefWithout;
  return impacts
    .filter((impact) => fall(impact) !== 0 || impact.papers !== impact.papersWithout)
    .sort((a, b) => fall(b) - fall(a) || (a.relation < b.relation ? -1 : 1));
}

function impactOn({ id, rows }: z.infer<typeof supportedRelation>, pmid: string): RelationImpact {
  const now = relationStrength(rows);
  const without = relationStrength(
    rows.map((row) => (row.pmid === pmid ? { ...row, retracted: true } : row)),
  );
  return {
    relation: id,
    belief: now.belief,
    beliefWithout: without.belief,
    papers: now.papers,
    papersWithout: without.papers,
  };
}
