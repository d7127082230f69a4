/**
 * Every document of schema/operations, as a client sends it, over real HTTP to a server on the sample literature with the released
 * model: its answer is held against what the papers themselves say.
 */
import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import WebSocket from "ws";
import { pubTator3Client } from "../../../ingest/sources/pubtator3/client.js";
import type { ApiServer } from "../../../src/api/server/server.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { relationId } from "../../../src/core/evidence.js";
import type { ExtractionService } from "../../../src/core/extraction-job.js";
import type { RelationClassifier } from "../../../src/core/prediction.js";
import type { RelationType } from "../../../src/core/relation-types.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { createExtractionService } from "../../../src/jobs/live.js";
import { ask, operation, startApi, writeGold } from "../../support/api-client.js";
import { aDocument } from "../../support/builders.js";
import { testDatabase, wipe } from "../../support/database.js";
import { loadPacedClassifier } from "../../support/paced-classifier.js";
import { type Pubtator3Server, startPubtator3Server } from "../../support/servers/pubtator3-server.js";
import { readSampleGraph, type SampleGraph } from "./sample-graph.js";

const FISH_OIL = "MESH:D005395";
const RAYNAUD = "MESH:D011928";
const THROMBOXANE = "MESH:D013928";
const AGGREGATION = "MESH:D010974";
const MAGNESIUM = "MESH:D008274";
const MIGRAINE = "MESH:D008881";
const PAPER = aDocument({
  pmid: "90020001",
  title: "Fish oil lowers IL6 in gout",
  abstract: "We gave fish oil to many. It was well borne, and IL6 fell.",
  year: 2020,
  mentions: [
    { text: "Fish oil", type: "Chemical", ids: ["D005395"] },
    { text: "IL6", type: "Gene", ids: ["3569"] },
    { text: "gout", type: "Disease", ids: ["D006073"] },
  ],
});

let samples: SampleGraph;
let database: Database;
let source: Pubtator3Server;
let classifier: RelationClassifier;
let jobs: ExtractionService;
let api: ApiServer;
/** Holds the classifier until released. */
let gate: Promise<void> = Promise.resolve();
beforeAll(async () => {
  samples = await readSampleGraph();
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, samples.documents);
  source = await startPubtator3Server({ documents: [PAPER, aDocument({ pmid: "90020002" })] });
  classifier = await loadPacedClassifier(() => gate);
  const client = { requestsPerSecond: 200, retries: 1, retryDelayMillis: 5, timeoutMillis: 5_000 };
  jobs = await createExtractionService({
    source: pubTator3Client({ baseUrl: source.url, ...client }),
    classifier,
    database,
    retries: { tries: 1, firstMillis: 20, longestMillis: 20 },
    lookAlongMillis: 2_000,
  });
  api = await startApi(database, jobs);
});
afterAll(async () => {
  await api?.close();
  await jobs?.close();
  await classifier?.dispose();
  await source?.close();
  await database?.close();
});

const sent = new Set<string>();
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, which the assertions check
type Any = any;
const run = async (name: string, variables: Record<string, unknown> = {}): Promise<Any> => {
  sent.add(name);
  const { data, errors } = await ask(api, operation(name), variables);
  if (errors.length > 0) throw new Error(`${name}: ${errors.map(({ message }) => message).join("; ")}`);
  return data;
};
const first = async <Event>(name: string, id: string, change: () => Promise<unknown>): Promise<Event> => {
  sent.add(name);
  const url = `${api.url.replace("http", "ws")}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket });
  try {
    const events = client.iterate<Any>({ query: operation(name), variables: { id } });
    const next = events.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await change();
    return (await next).value.data;
  } finally {
    await client.dispose();
  }
};
const pages = async (
  name: string,
  variables: object,
  pick: (data: Any) => Any,
  first?: number,
): Promise<Any[]> => {
  const rows: Any[] = [];
  let after: string | null = null;
  do {
    const { nodes, edges, pageInfo } = pick(
      await run(name, { ...variables, after, ...(first === undefined ? {} : { first }) }),
    );
    rows.push(...(nodes ?? edges.map(({ node }: Any) => node)));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
};
const keyOf = ({ subject, object, type }: Any): string =>
  relationId(subject.curie, object.curie, titled(type) as RelationType);
const titled = (type: string): string =>
  type.toLowerCase().replace(/(^|_)[a-z]/g, (letter) => letter.toUpperCase());
const relationOf = async (one: string, other: string): Promise<string> => {
  const { paths } = await run("direct-relations", { from: one, to: other });
  return paths.nodes[0].hops[0].relations[0].id;
};

describe("the graph", () => {
  it("overview", async () => {
    const { graphStats, models } = await run("overview");
    expect(graphStats).toMatchObject({
      publications: samples.documents.length,
      relations: samples.relations.length + samples.retracted.length,
    });
    const { genes, diseases, chemicals, variants, entities } = graphStats;
    expect(genes + diseases + chemicals + variants).toBeLessThanOrEqual(entities);
    expect(models).toEqual([]);
  });

  it("viewer", async () => {
    expect((await run("viewer")).viewer).toEqual({ role: "ADMIN", name: null });
  });

  it("server", async () => {
    const { health, corpora } = await run("server");
    expect(health).toEqual({ databaseAnswers: true, hasModel: false });
    const documents = samples.documents.length;
    expect(corpora).toEqual([{ name: "samples", documents, publications: documents }]);
  });

  it("dashboard", async () => {
    const { graphStats, topRelations, newest, discover, standingQuestions } = await run("dashboard", {
      question: FISH_OIL,
    });
    expect(graphStats.publications).toBe(samples.documents.length);
    const beliefs = samples.relations.map(({ belief }) => belief).sort((a, b) => b - a);
    for (const [index, { belief }] of topRelations.nodes.entries()) {
      expect(belief).toBeCloseTo(beliefs[index] ?? -1, 9);
    }
    const latest = samples.relations.map(({ years }) => Math.max(...years)).sort((a, b) => b - a);
    expect(newest.nodes.map(({ lastYear }: Any) => lastYear)).toEqual(latest.slice(0, 5));
    expect(discover.nodes).toHaveLength(3);
    expect(standingQuestions).toEqual([]);
  });

  it("search-entities, autocomplete", async () => {
    const found = (await run("search-entities", { text: "fish oils", first: 3 })).searchEntities;
    expect(found.edges[0].node).toMatchObject({
      curie: FISH_OIL,
      type: "CHEMICAL",
      degree: samples.neighbours(FISH_OIL).size,
    });
    expect(found.complete).toBe(true);
    const { searchEntities } = await run("autocomplete", { text: "thromb", types: ["CHEMICAL"] });
    expect(searchEntities.nodes.map(({ curie }: Any) => curie)).toContain(THROMBOXANE);
    expect(new Set(searchEntities.nodes.map(({ type }: Any) => type))).toEqual(new Set(["CHEMICAL"]));
  });

  it("entity, entity-page, facets", async () => {
    const expected = samples.of(FISH_OIL);
    const nodes = await pages("entity", { curie: "mesh:d005395" }, ({ entity }) => entity.relations, 3);
    expect(nodes.map(keyOf).sort()).toEqual(expected.map(({ key }) => key).sort());
    for (const node of nodes) {
      const known = expected.find(({ key }) => key === keyOf(node));
      expect(node.belief).toBeCloseTo(known?.belief ?? -1, 9);
      expect(node).toMatchObject({
        papers: known?.pmids.length,
        firstYear: Math.min(...(known?.years ?? [])),
        lastYear: Math.max(...(known?.years ?? [])),
      });
      for (const { pmid, sentence, mentions } of node.evidence.nodes) {
        expect(samples.says(pmid, sentence)).toBe(true);
        for (const { text, sentenceStart, sentenceEnd } of mentions)
          expect(sentence.slice(sentenceStart, sentenceEnd)).toBe(text);
      }
    }
    const { entity } = await run("entity-page", { curie: FISH_OIL, first: 100, order: "PAPERS" });
    expect(entity.degree).toBe(samples.neighbours(FISH_OIL).size);
    expect(new Set(entity.relations.edges.map(({ other }: Any) => other.curie))).toEqual(
      samples.neighbours(FISH_OIL),
    );
    const papers = entity.relations.edges.map(({ node }: Any) => node.papers);
    expect(papers).toEqual([...papers].sort((a: number, b: number) => b - a));
    const counts = (await run("facets", { curie: FISH_OIL })).entity.relationCounts;
    expect(counts).toEqual(entity.relationCounts);
    for (const { type, count } of counts.byType)
      expect(count).toBe(expected.filter((relation) => relation.type === titled(type)).length);
  });

  it("entities, relations-of-entities", async () => {
    const curies = [FISH_OIL, "MESH:D000000", "MESH:D008274"];
    const { entities } = await run("entities", { curies });
    expect(entities.map((entity: Any) => entity?.degree ?? null)).toEqual([
      samples.neighbours(FISH_OIL).size,
      null,
      samples.neighbours(MAGNESIUM).size,
    ]);
    const answer = await run("relations-of-entities", { curies, first: 100 });
    expect(answer.entities.map((entity: Any) => entity?.relations.totalCount ?? null)).toEqual([
      samples.of(FISH_OIL).length,
      null,
      samples.of(MAGNESIUM).length,
    ]);
    for (const { other } of answer.entities[2].relations.edges)
      expect(samples.neighbours(MAGNESIUM)).toContain(other.curie);
  });

  it("neighbours", async () => {
    const nodes = await pages("neighbours", { curie: FISH_OIL }, ({ entity }) => entity.neighbours, 4);
    expect(nodes.map(({ entity }) => entity.curie).sort()).toEqual([...samples.neighbours(FISH_OIL)].sort());
    for (const { belief, relations } of nodes)
      expect(belief).toBe(Math.max(...relations.map((relation: Any) => relation.belief)));
  });

  it("relations, walk-relations, newest-relations, retracted-relations", async () => {
    const chemical = { filter: { entityTypes: ["CHEMICAL"], minPapers: 2 } };
    for (const { papers, subject, object } of await pages("relations", chemical, (data) => data.relations)) {
      expect(papers).toBeGreaterThan(1);
      expect([subject.type, object.type]).toEqual(["CHEMICAL", "CHEMICAL"]);
    }
    const walked = await pages("walk-relations", {}, (data) => data.relations);
    expect(walked.map(keyOf).sort()).toEqual(samples.relations.map(({ key }) => key).sort());
    const newest = await pages("newest-relations", { from: 2015 }, (data) => data.relations, 10);
    const years = newest.map(({ lastYear }) => lastYear);
    expect(years).toEqual([...years].sort((a, b) => b - a));
    expect(newest.map(keyOf).sort()).toEqual(
      samples.relations
        .filter((relation) => Math.max(...relation.years) >= 2015)
        .map(({ key }) => key)
        .sort(),
    );
    const fallen = await pages("retracted-relations", {}, (data) => data.relations);
    expect(fallen).toHaveLength(samples.retracted.length);
    for (const { belief, papers, evidence } of fallen) {
      expect([belief, papers]).toEqual([0, 0]);
      for (const { weight, publication } of evidence.nodes)
        expect([weight, publication.retracted]).toEqual([0, true]);
    }
  });

  it("relation, relation-evidence, relation-belief, node, source-reliabilities", async () => {
    const id = await relationOf(FISH_OIL, THROMBOXANE);
    const expected = samples.of(FISH_OIL).find(({ ends }) => ends.includes(THROMBOXANE));
    const { relation } = await run("relation", { id });
    expect(keyOf(relation)).toBe(expected?.key);
    const { nodes } = relation.evidence;
    expect(nodes.map(({ pmid }: Any) => pmid).sort()).toEqual([...(expected?.pmids ?? [])].sort());
    for (const { pmid, sentence, start, publication, year } of nodes) {
      expect(samples.says(pmid, sentence, start)).toBe(true);
      expect(publication.year).toBe(year);
      expect(publication.title).toBe(samples.document(pmid).passages[0]?.text);
    }
    const asserted = await pages(
      "relation-evidence",
      { id, filter: { roles: ["ASSERTS"], counting: true } },
      (data) => data.relation.evidence,
      1,
    );
    expect(asserted).toHaveLength(expected?.pmids.length ?? -1);
    const none = await run("relation-evidence", { id, filter: { sourceKinds: ["MODEL"] } });
    expect(none.relation.evidence.totalCount).toBe(0);
    const made = (await run("relation-belief", { id, first: 100 })).relation;
    const doubt = made.beliefByPaper.nodes.reduce((left: number, { weight }: Any) => left * (1 - weight), 1);
    expect(1 - doubt).toBeCloseTo(expected?.belief ?? -1, 9);
    expect((await run("node", { id })).node).toMatchObject({ __typename: "Relation", id });
    const { sourceReliabilities } = await run("source-reliabilities");
    expect(sourceReliabilities).toContainEqual({ sourceKind: "CORPUS", role: "ASSERTS", reliability: 0.95 });
  });

  it("entity-as-of", async () => {
    const { then, now } = await run("entity-as-of", { curie: FISH_OIL, year: 1981, first: 100 });
    expect(then.relations.totalCount).toBe(samples.of(FISH_OIL, 1981).length);
    expect(now.relations.totalCount).toBe(samples.of(FISH_OIL).length);
    expect([then.asOf, now.asOf]).toEqual([1981, null]);
    expect(then.id).not.toBe(now.id);
    for (const { lastYear } of then.relations.nodes) expect(lastYear).toBeLessThanOrEqual(1981);
  });

  it("publication, publication-text", async () => {
    const rows = await pages("publication", { pmid: "90000001" }, (data) => data.publication.evidence, 2);
    const document = samples.document("90000001");
    expect(rows.map(({ relation }) => titled(relation.type)).sort()).toEqual(
      document.relations.map(({ type }) => type).sort(),
    );
    const { publication } = await run("publication-text", { pmid: "90000001" });
    expect(publication.passages.map(({ text }: Any) => text)).toEqual(
      document.passages.map(({ text }) => text),
    );
    const mentions = publication.passages.flatMap((passage: Any) => passage.mentions);
    expect(mentions.map(({ start, end }: Any) => [start, end])).toEqual(
      document.mentions.map(({ start, end }) => [start, end]),
    );
    expect((await run("publication", { pmid: "1" })).publication).toBeNull();
  });
});

/** A block of docs/api.md in a language that has some words, to be sent to this server. */
function recipe(language: string, words: string): string {
  const text = readFileSync(join(PACKAGE_ROOT, "docs", "api.md"), "utf8");
  const blocks = [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(
    ([, block]) => block ?? "",
  );
  const found = blocks.find((block) => block.includes(words));
  if (found === undefined) throw new Error(`docs/api.md has no ${language} with ${words}`);
  return found.replace(/(http:\/\/)?localhost:4000/g, api.url);
}
const program = promisify(execFile);
const has = (name: string) => spawnSync(name, ["--version"]).status === 0;

describe("the recipes of docs/api.md", () => {
  it.skipIf(!has("python3"))("Python walks every relation", async () => {
    const { stdout } = await program("python3", ["-c", recipe("python", "walk-relations")], {
      cwd: PACKAGE_ROOT,
    });
    expect(Number(stdout)).toBe(samples.relations.length);
  });

  it.skipIf(!has("curl") || !has("jq"))("curl sends a document", async () => {
    const { stdout } = await program("sh", ["-c", recipe("sh", "rawfile")], { cwd: PACKAGE_ROOT });
    expect(JSON.parse(stdout)).toMatchObject({
      data: { entity: { curie: FISH_OIL, relations: { totalCount: samples.of(FISH_OIL).length } } },
      extensions: { cost: { requested: expect.any(Number), maximum: expect.any(Number) } },
    });
  });
});

describe("questions", () => {
  it("paths, direct-relations", async () => {
    const filter = { minBelief: 0.9 };
    const nodes = await pages(
      "paths",
      { from: FISH_OIL, to: RAYNAUD, maxHops: 2, filter, asOf: 1985 },
      (data) => data.paths,
      2,
    );
    const between = [...samples.neighbours(FISH_OIL)].filter((curie) =>
      samples.neighbours(RAYNAUD).has(curie),
    );
    expect(nodes.map(({ hops }) => hops[0].to.curie).sort()).toEqual(between.sort());
    const scores = nodes.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const { paths } = await run("direct-relations", { from: FISH_OIL, to: RAYNAUD });
    expect(paths.nodes).toEqual([]);
  });

  it("discover, linking-terms, explain, pair-scores: what Swanson found", async () => {
    const question = { from: FISH_OIL, targetType: "DISEASE", asOf: 1985 };
    const { discover } = await run("discover", { ...question, first: 5 });
    const found = discover.nodes.find(({ entity }: Any) => entity.curie === RAYNAUD);
    expect(found).toBeDefined();
    for (const { entity } of discover.nodes) expect(samples.neighbours(FISH_OIL)).not.toContain(entity.curie);
    const pairOf = { from: FISH_OIL, to: RAYNAUD, asOf: 1985 };
    const terms = await pages("linking-terms", pairOf, ({ explain }) => explain.linkingTerms, 2);
    expect(terms).toHaveLength(found.linkingCount);
    const { explain } = await run("explain", { ...pairOf, first: 3, rankers: ["DEGREE"] });
    expect(explain.linkingTerms.nodes.map(({ entity }: Any) => entity.curie)).toEqual(
      terms.slice(0, 3).map(({ entity }) => entity.curie),
    );
    expect(explain).toMatchObject({ isDirect: false, linkingCount: terms.length, directRelations: [] });
    for (const { entity, fromRelations, toRelations } of explain.linkingTerms.nodes) {
      expect(samples.neighbours(RAYNAUD)).toContain(entity.curie);
      for (const { evidence } of [...fromRelations, ...toRelations])
        for (const { pmid, sentence } of evidence.nodes) expect(samples.says(pmid, sentence)).toBe(true);
    }
    const scored = (await run("pair-scores", { ...pairOf, rankers: ["DEGREE", "LINKING_TERM_COUNT"] }))
      .explain;
    expect(scored.scores.map(({ ranker, score }: Any) => [ranker, score])).toEqual([
      ["DEGREE", samples.neighbours(RAYNAUD).size],
      ["LINKING_TERM_COUNT", terms.length],
    ]);
  });

  it("evaluate-discovery", async () => {
    const years = { cutoff: 1981, until: 2024, fromType: "CHEMICAL", targetType: "DISEASE" };
    const { evaluateDiscovery } = await run("evaluate-discovery", {
      ...years,
      rankers: ["JACCARD"],
      queries: 20,
    });
    expect(evaluateDiscovery.rankers.map(({ ranker }: Any) => ranker)).toEqual(["DEGREE", "JACCARD"]);
    expect(evaluateDiscovery.asked).toBeGreaterThan(0);
    expect(evaluateDiscovery.completeness).toMatchObject({ exact: true, examined: evaluateDiscovery.asked });
  });

  it("save-question, standing-questions, standing-changes, remove-question", async () => {
    const { saveQuestion } = await run("save-question", { from: MAGNESIUM, targetType: "DISEASE" });
    const place = saveQuestion.ranks.find(({ entity }: Any) => entity.curie === MIGRAINE)?.rank;
    expect(place).toBeGreaterThan(0);
    const { standingQuestions } = await run("standing-questions");
    expect(standingQuestions).toMatchObject([
      { id: saveQuestion.id, from: { curie: MAGNESIUM }, to: null, targetType: "DISEASE", direct: [] },
    ]);
    const found = aDocument({
      pmid: "90020010",
      abstract: "Magnesium eased migraine.",
      year: 2001,
      mentions: [
        { text: "Magnesium", type: "Chemical", ids: ["D008274"] },
        { text: "migraine", type: "Disease", ids: ["D008881"] },
      ],
      relations: [{ subject: MAGNESIUM, object: MIGRAINE, type: "Negative_Correlation" }],
    });
    const { standingChanges } = await first<Any>("standing-changes", saveQuestion.id, () =>
      writeGold(database, [found]),
    );
    expect(standingChanges.firstDirect).toMatchObject([{ curie: MIGRAINE }]);
    expect(standingChanges.moved).toContainEqual(
      expect.objectContaining({
        before: place,
        rank: null,
        entity: expect.objectContaining({ curie: MIGRAINE }),
      }),
    );
    expect((await run("remove-question", { id: saveQuestion.id })).removeQuestion).toBe(true);
    expect((await run("remove-question", { id: saveQuestion.id })).removeQuestion).toBe(false);
  });
});

describe("extraction", () => {
  const ended = (id: string) =>
    vi.waitUntil(
      async () => {
        const { extractionJob } = await run("extraction-job", { id });
        return /WRITTEN|FAILED|CANCELLED/.test(extractionJob.stage) ? extractionJob : undefined;
      },
      { timeout: 60_000, interval: 100 },
    );

  it("extract-publication, extraction-job, extraction-progress", async () => {
    const { extractPublication } = await run("extract-publication", { pmid: PAPER.pmid });
    expect(extractPublication).toMatchObject({ __typename: "ExtractionJob", pmid: PAPER.pmid });
    expect(await ended(extractPublication.id)).toMatchObject({
      stage: "WRITTEN",
      pairs: 3,
      pairsScored: 3,
      error: null,
    });
    const { extractionProgress } = await first<Any>(
      "extraction-progress",
      extractPublication.id,
      async () => {},
    );
    expect(extractionProgress).toMatchObject({ id: extractPublication.id, stage: "WRITTEN" });
    expect((await run("extract-publication", { pmid: "90029999" })).extractPublication).toMatchObject({
      __typename: "PublicationNotFound",
    });
  });

  it("pause-extractions, extract-publications, resume-extractions, cancel-extraction, redrive-extractions, extraction-jobs", async () => {
    source.fail("500");
    expect((await run("extract-publications", { pmids: ["90020002"] })).extractPublications).toBe(1);
    const jobsOf = async (filter: object) => (await run("extraction-jobs", { filter })).extractionJobs.nodes;
    const failed = { stages: ["FAILED"], priority: "BULK" };
    await vi.waitUntil(async () => (await jobsOf(failed)).length === 1, { timeout: 30_000, interval: 200 });
    const [{ id, error }] = await jobsOf(failed);
    expect(error.code).toBe("UPSTREAM_UNAVAILABLE");
    source.recover();
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const filter = { ids: [id] };
    expect((await run("redrive-extractions", { filter })).redriveExtractions).toBe(1);
    await vi.waitUntil(async () => (await jobsOf({ stages: ["ANNOTATED"] })).length === 1, {
      timeout: 30_000,
      interval: 100,
    });
    expect((await run("pause-extractions", { filter })).pauseExtractions).toBe(1);
    expect(await jobsOf({ paused: true })).toMatchObject([{ id, paused: true }]);
    expect((await run("resume-extractions", { filter })).resumeExtractions).toBe(1);
    expect((await run("cancel-extraction", { id })).cancelExtraction).toMatchObject({ id });
    expect((await ended(id)).stage).toBe("CANCELLED");
    open();
    expect(
      (await run("extraction-job", { id: "bm9uZQ" }).catch(() => ({ extractionJob: null }))).extractionJob,
    ).toBeNull();
  });

  it("extract-text", async () => {
    const { extractText } = await run("extract-text", { abstract: "Fish oil lowers thromboxane A2." });
    expect(extractText.mentions.map(({ ids }: Any) => ids[0])).toEqual([FISH_OIL, THROMBOXANE]);
    expect(extractText).toMatchObject({ model: classifier.info.id, pairs: 1, pairsLeftOut: 0 });
  });
});

describe("curation", () => {
  it("curation-tasks, curate, curations, curation-agreement, undo-curation", async () => {
    const { curationTasks } = await run("curation-tasks", { entity: FISH_OIL, first: 5 });
    const [{ evidence, expectedChange }] = curationTasks.nodes;
    expect(curationTasks.completeness.exact).toBe(true);
    expect(evidence.source).toBe(classifier.info.id);
    expect(expectedChange).toBeGreaterThan(0);
    const judged = { evidence: evidence.id, verdict: "REJECT" };
    const ada = (await run("curate", { ...judged, curator: "ada", comment: "only named together" })).curate;
    expect(ada.relation).toMatchObject({ id: evidence.relation.id, belief: 0, papers: 0 });
    const bob = (await run("curate", { ...judged, curator: "bob" })).curate;
    const { curations } = await run("curations", { pmid: PAPER.pmid, held: true });
    expect(curations.nodes.map(({ id, curator }: Any) => [id, curator])).toEqual([
      [bob.id, "bob"],
      [ada.id, "ada"],
    ]);
    const { curationAgreement } = await run("curation-agreement");
    expect(curationAgreement.nodes[0]).toEqual({
      ...{ curators: ["ada", "bob"], type: null, claims: 1, agreed: 1, expected: 1, kappa: null },
    });
    for (const { id, curator } of [ada, bob]) await run("undo-curation", { id, curator });
    const again = (await run("relation-belief", { id: evidence.relation.id })).relation;
    expect(again.belief).toBe(evidence.relation.belief);
  });

  it("curate-reading", async () => {
    const text = { title: "A note", abstract: "In our hands fish oil raises IL6." };
    const { extractText } = await run("extract-text", text);
    const [{ subject, object, type, probability, sentence }] = extractText.relations;
    const relation = { subject: subject.curie, object: object.curie, type };
    const ada = { curator: "ada", comment: "seen" };
    const { curateReading } = await run("curate-reading", {
      ...{ source: text, relation, verdict: "ACCEPT", ...ada },
    });
    expect(curateReading).toMatchObject({
      ...{ verdict: "ACCEPT", ...ada, pmid: expect.stringMatching(/^text-/) },
      ...{ evidence: { sentence, probability }, relation: { type, papers: expect.any(Number) } },
    });
    expect(curateReading.relation.belief).toBeGreaterThanOrEqual(0.99);
    // What is judged again is the row that is there, not another.
    const bind = type === "BIND" ? "ASSOCIATION" : "BIND";
    const again = await run("curate-reading", {
      ...{ source: text, relation, verdict: "CORRECT", correction: { type: bind }, curator: "ada" },
    });
    expect(again.curateReading.evidence.id).toBe(curateReading.evidence.id);
    await run("undo-curation", { id: again.curateReading.id, curator: "ada" });
    for (const [wrong, reason] of [
      [{ verdict: "REJECT" }, /nothing is written of what is rejected/],
      [{ verdict: "CORRECT" }, /give `correction`/],
      [{ verdict: "ACCEPT", relation: { ...relation, type: "COMPARISON" } }, /does not read/],
      [{ verdict: "ACCEPT", curator: "a|b" }, /curator's name/],
    ] as const) {
      const asked = run("curate-reading", { source: text, relation, curator: "ada", ...wrong });
      await expect(asked).rejects.toThrow(reason);
    }
  });

  it("impact-of, retract", async () => {
    const { impactOf } = await run("impact-of", { pmid: "90000001", first: 100 });
    const without = (key: string) => {
      const { pmids } = samples.relations.find((relation) => relation.key === key) ?? { pmids: [] };
      return 1 - 0.05 ** pmids.filter((pmid) => pmid !== "90000001").length;
    };
    expect(impactOf.relations.nodes).toHaveLength(samples.document("90000001").relations.length);
    for (const { relation, beliefWithout } of impactOf.relations.nodes)
      expect(beliefWithout).toBeCloseTo(without(keyOf(relation)), 9);
    const { retract } = await run("retract", { pmid: "90000001", curator: "ada" });
    expect(retract).toMatchObject({
      changed: true,
      relations: impactOf.changed,
      publication: { retracted: true },
    });
    const undone = (await run("retract", { pmid: "90000001", curator: "ada", undo: true })).retract;
    expect(undone).toMatchObject({ changed: true, publication: { retracted: false } });
    expect(await relationOf(THROMBOXANE, AGGREGATION)).toBeDefined();
  });
});

it("every document was sent, and there are at least 40", () => {
  const names = readdirSync(join(PACKAGE_ROOT, "schema", "operations")).map((name) =>
    name.replace(".graphql", ""),
  );
  // The explorer's are sent by its own tests, in a browser.
  const ours = names.filter((name) => !name.startsWith("web-"));
  expect(ours.filter((name) => !sent.has(name))).toEqual([]);
  expect(ours.length).toBeGreaterThanOrEqual(40);
});
