/**
 * Questions of discovery asked in plain Cypher of an embedded Neo4j, beside ours of the same graph, which is read from that
 * database as a server reads it. That both find the same is checked.
 */
import { join } from "node:path";
import { readConfig } from "../../../core/config.js";
import { BioWeftError } from "../../../core/errors.js";
import { seededRandom } from "../../../core/random.js";
import { required } from "../../../core/required.js";
import { listedEvidence } from "../../../core/support/listed-evidence.js";
import type { Adjacency, AdjacencyRow } from "../../../discovery/adjacency/adjacency.js";
import type { AdjacencyThread } from "../../../discovery/adjacency-thread.js";
import { nameOf, syntheticRelations } from "../../../discovery/evaluation/synthetic-graph.js";
import type { SearchThread } from "../../../discovery/search-thread.js";
import { loadStore } from "../../../graph/bulk/load-store.js";
import type { Database, Params } from "../../../graph/neo4j/database.js";
import { openGraph } from "../../../graph/open-graph.js";
import { readAdjacency } from "../../../graph/read/read-adjacency.js";
import type { DocumentWrite } from "../../../graph/write/write-documents.js";

/** The graph, and what is asked of it. */
export interface CypherTask {
  /** Where the database may lie. */
  readonly folder: string;
  readonly entities: number;
  readonly relations: number;
  readonly questions: number;
  readonly seed: number;
  readonly first: number;
  readonly making: AdjacencyThread;
  readonly searching: SearchThread;
}

/** How long each question of a kind took, in milliseconds; Cypher's that were given up count as what they were given. */
interface CypherTimes {
  readonly kind: string;
  readonly own: readonly number[];
  readonly cypher: readonly number[];
  readonly givenUp: number;
}

const RELATIONS_A_PAPER = 3;
const FIRST_PMID = 40_000_000;
const GIVEN_MILLIS = 30_000;
const ASKED = { millis: GIVEN_MILLIS };

/** Loads the graph and asks both. Throws INTERNAL where they find something else. */
export async function cypherDiscovery(task: CypherTask): Promise<CypherTimes[]> {
  const home = join(task.folder, "cypher");
  const { entities, relations, seed } = task;
  const writes = papersOf(syntheticRelations(entities, relations, seed));
  await loadStore({ home, writes, papersOnce: true });
  const { neo4j: _, ...config } = readConfig();
  const graph = await openGraph({ ...config, database: "embedded", home }, { exclusive: true });
  try {
    const adjacency = await task.making.build(() => readAdjacency(graph.database));
    const times: CypherTimes[] = [];
    for (const [kind, both] of Object.entries(questionsOf(task, adjacency)))
      times.push(await askBoth(kind, both, graph.database, task));
    return times;
  } finally {
    await graph.close();
  }
}

/** Papers of a few relations each, in the order of the relations. */
function* papersOf(rows: Iterable<AdjacencyRow>): Generator<DocumentWrite> {
  const source = { source: "synthetic", sourceKind: "pubtator3" } as const;
  let paper: AdjacencyRow[] = [];
  let number = FIRST_PMID;
  const write = (): DocumentWrite => {
    const pmid = String(number++);
    const document = { pmid, corpus: "synthetic", passages: [], mentions: [], relations: [] };
    const evidence = paper.map(({ subject, subjectType, object, objectType, type }) =>
      listedEvidence(
        { pmid },
        type,
        [
          { curie: subject, type: subjectType, names: [] },
          { curie: object, type: objectType, names: [] },
        ],
        source,
      ),
    );
    paper = [];
    return { document, evidence: [...new Map(evidence.map((row) => [row.id, row])).values()] };
  };
  for (const row of rows) if (paper.push(row) === RELATIONS_A_PAPER) yield write();
  if (paper.length > 0) yield write();
}

/** A question in both ways, each giving the numbers that must be the same. */
interface Both {
  readonly statement: string;
  readonly params: (from: string, to: string) => Params;
  readonly numbers: (row: Readonly<Record<string, unknown>>) => number;
  readonly own: (from: string, to: string) => Promise<readonly number[]>;
}

function questionsOf({ first, searching }: CypherTask, adjacency: Adjacency): Readonly<Record<string, Both>> {
  const target = "Disease";
  const rankers = ["LinkingTermCount"] as const;
  return {
    closed: {
      statement: "plain-linking-terms",
      params: (from, to) => ({ from, to }),
      numbers: ({ terms }) => Number(terms),
      own: async (from, to) => [
        (await searching.closed(adjacency, { from, to, options: {} }, ASKED)).linking.length,
      ],
    },
    "open, by linking-term count": {
      statement: "plain-open-discovery",
      params: (from) => ({ from, target, limit: first }),
      numbers: ({ terms }) => Number(terms),
      own: async (from) => {
        const options = { first, targetType: target, rankers } as const;
        const { candidates } = await searching.open(adjacency, { from, options }, ASKED);
        return candidates.map(({ linking }) => linking.length);
      },
    },
    "paths of 3 hops": {
      statement: "plain-paths",
      params: (from, to) => ({ from, to, limit: first }),
      numbers: ({ score }) => Number(score),
      own: async (from, to) => {
        const options = { maxHops: 3, first };
        const { paths } = await searching.paths(adjacency, { from, to, options }, ASKED);
        return paths.map(({ score }) => score);
      },
    },
  };
}

/** Each question to both, in turns as to who is first; each kind's first question is not counted. */
async function askBoth(
  kind: string,
  both: Both,
  database: Database,
  { entities, questions, seed }: CypherTask,
): Promise<CypherTimes> {
  const random = seededRandom(seed + 2);
  const entity = () => nameOf(Math.floor(entities * random.next() ** 2));
  const times = { kind, own: [] as number[], cypher: [] as number[], givenUp: 0 };
  for (let question = 0; question <= questions; question++) {
    const [from, to] = [entity(), entity()];
    const [own, ownMillis] = await timed(() => both.own(from, to));
    const [plain, plainMillis] = await timed(() => inTime(askPlainly(both, database, from, to)));
    if (plain !== undefined) checkSame(kind, own, plain);
    if (question === 0) continue;
    times.own.push(ownMillis);
    times.cypher.push(plain === undefined ? GIVEN_MILLIS : plainMillis);
    if (plain === undefined) times.givenUp++;
  }
  return times;
}

async function askPlainly(
  { statement, params, numbers }: Both,
  database: Database,
  from: string,
  to: string,
): Promise<number[]> {
  const rows = await database.read(statement, params(from, to), { timeoutMillis: GIVEN_MILLIS });
  return rows.map(numbers);
}

/** Undefined where the database gave up. */
async function inTime<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer;
  } catch (fault) {
    if (fault instanceof BioWeftError && fault.code === "TIMEOUT") return undefined;
    throw fault;
  }
}

async function timed<Value>(work: () => Promise<Value>): Promise<[value: Value, millis: number]> {
  const began = performance.now();
  return [await work(), performance.now() - began];
}

/** Sums of products differ in their last digits by the order of their factors. */
const SAME = 1e-9;

function checkSame(kind: string, own: readonly number[], plain: readonly number[]): void {
  const isSame =
    own.length === plain.length &&
    own.every((value, index) => Math.abs(value - required(plain[index], "an answer")) <= SAME * value);
  if (isSame) return;
  throw new BioWeftError("INTERNAL", `${kind}: Cypher found ${plain.join(" ")}, and we ${own.join(" ")}`);
}
