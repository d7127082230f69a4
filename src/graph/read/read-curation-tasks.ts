/**
 * Reads what to judge next: rows that only programs say, by how much a verdict is expected to change belief. Without an entity only
 * those relations are looked at whose belief can put one of their rows among the first.
 */
import { z } from "zod";
import { RELIABILITY } from "../../core/belief.js";
import {
  expectedChange,
  MOST_OPEN_BELIEF,
  mostChangeAbove,
  mostChangeBelow,
} from "../../core/curation/expected-change.js";
import type { Database } from "../neo4j/database.js";

/** A row of evidence to judge, and what that is expected to change. */
interface CurationTaskRow {
  readonly id: string;
  readonly change: number;
}

/** The first of the queue. */
interface CurationTasks {
  readonly tasks: readonly CurationTaskRow[];
  /** Relations that were looked at. */
  readonly examined: number;
  /** Why others might have come before some of them; absent where none can. */
  readonly truncated?: string;
}

/** Relations on a side that are looked at to begin with, and at most. */
const FEW = 200;
const MOST = 3_200;

const relationRow = z.object({
  relation: z.string(),
  belief: z.number(),
  rows: z.array(z.object({ id: z.string(), probability: z.number(), kind: z.enum(["model", "pubtator3"]) })),
});
const sideRow = relationRow.extend({ isAbove: z.boolean() });

/** The first `count` rows of all relations, or of an entity's. */
export async function readCurationTasks(
  database: Database,
  curie: string | null,
  count: number,
): Promise<CurationTasks> {
  if (curie === null) return firstOfAll(database, count);
  const rows = await database.read("curation-tasks-of-entity", { curie, reliability: RELIABILITY });
  const relations = rows.map((row) => relationRow.parse(row));
  const tasks = relations.flatMap(tasksOf).sort((a, b) => b.change - a.change || (a.id < b.id ? -1 : 1));
  return { tasks: tasks.slice(0, count), examined: relations.length };
}

/**
 * Looks further on both sides of the most open belief until what lies beyond cannot be among the first.
 * subtle: rows of equal change stay in the order in which they were come by, so that a longer look only adds behind them.
 */
async function firstOfAll(database: Database, count: number): Promise<CurationTasks> {
  const middle = MOST_OPEN_BELIEF;
  for (let limit = FEW; ; limit *= 4) {
    const found = await database.read("curation-tasks", { middle, limit, reliability: RELIABILITY });
    const relations = found.map((row) => sideRow.parse(row));
    const above = relations.filter(({ isAbove }) => isAbove);
    const below = relations.filter(({ isAbove }) => !isAbove);
    const beyond = Math.max(
      above.length < limit ? 0 : mostChangeAbove(above.at(-1)?.belief ?? middle),
      below.length < limit ? 0 : mostChangeBelow(below.at(-1)?.belief ?? middle),
    );
    const all = relations.flatMap(tasksOf).sort((a, b) => b.change - a.change);
    const tasks = all.slice(0, count);
    const last = tasks.length < count ? 0 : (tasks.at(-1)?.change ?? 0);
    const examined = relations.length;
    if (last >= beyond) return { tasks, examined };
    if (limit >= MOST) {
      return { tasks, examined, truncated: `${MOST} relations on either side of the most open belief` };
    }
  }
}

function tasksOf({ belief, rows }: z.infer<typeof relationRow>): CurationTaskRow[] {
  return rows.map(({ id, probability, kind }) => ({
    id,
    change: expectedChange({ belief, probability, kind }),
  }));
}
