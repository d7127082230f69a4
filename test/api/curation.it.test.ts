/**
 * Curation over real HTTP and a real Neo4j: belief follows a judgement at once, an undone one leaves belief as it was and
 * stays in the audit trail, and the queue begins where a verdict matters most.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import { goldEvidence } from "../../src/core/evidence.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { writeDocuments } from "../../src/graph/write/write-documents.js";
import { ask, operation, startApi } from "../support/api-client.js";
import { graphDump, testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";
import { LITERATURE } from "../support/literature.js";
import { readBy } from "../support/synthetic-literature.js";

const FISH_OIL = "MESH:D005395";
const PTGS1 = "NCBIGene:5742";
const VISCOSITY = "MESH:D001809";

let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  api = await startApi(database, idleJobs());
});
beforeEach(async () => {
  await wipe(database);
  await write();
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

/** What a model alone says, surer of the later papers. */
const write = () =>
  writeDocuments(
    database,
    LITERATURE.map((document, index) => {
      const read = readBy("model@1", { document, evidence: goldEvidence(document) }, 0.5 + index / 20);
      return { ...read, evidence: read.evidence.filter(({ sourceKind }) => sourceKind === "model") };
    }),
  );

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, which the assertions check
const asked = async (text: string, variables: Record<string, unknown> = {}): Promise<any> => {
  const { data, errors } = await ask(api, text.includes("{") ? text : operation(text), variables);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  return data;
};
const relation = async (other: string, types?: string[], asOf?: number) => {
  const { entity } = await asked("entity-page", {
    ...{ curie: FISH_OIL, asOf, filter: { entity: other, types, retracted: "INCLUDE" } },
  });
  const { id, belief, papers } = entity.relations.edges[0].node;
  const all = await asked(
    `query ($id: ID!) { relation(id: $id) { direction { subject { curie } } evidence { nodes { id pmid sourceKind } } } }`,
    { id },
  );
  return { id, belief, papers, ...all.relation };
};
const judge = (evidence: string, verdict: string, more: object = {}) =>
  asked("curate", { evidence, verdict, curator: "ada", ...more });

it("accepting makes the paper as sure as a curator is, rejecting makes it count nothing, undoing restores the belief", async () => {
  const before = await relation(PTGS1);
  expect(before.evidence.nodes).toHaveLength(2);
  const { id: row } = before.evidence.nodes.find(({ pmid }: { pmid: string }) => pmid === "81000001");
  const rest = 1 - 0.9 * 0.75;
  expect(before.belief).toBeCloseTo(1 - (1 - 0.9 * 0.5) * rest, 9);

  const accepted = (await judge(row, "ACCEPT")).curate;
  expect(accepted.relation.belief).toBeCloseTo(1 - 0.01 * rest, 9);
  const rejected = (await judge(row, "REJECT", { comment: "only named together" })).curate;
  expect(rejected.relation).toMatchObject({ papers: 1 });
  expect(rejected.relation.belief).toBeCloseTo(1 - rest, 9);
  expect(await relation(PTGS1, undefined, 1981)).toMatchObject({
    papers: 1,
    belief: rejected.relation.belief,
  });

  // The paper is read again: the judgement stays.
  await write();
  expect((await relation(PTGS1)).belief).toBeCloseTo(1 - rest, 9);

  const undone = (await asked("undo-curation", { id: rejected.id, curator: "ada" })).undoCuration;
  expect(undone.relation.belief).toBe(before.belief);
  const { curations } = await asked("curations", { pmid: "81000001" });
  expect(curations.totalCount).toBe(2);
  expect(
    curations.nodes.map(({ verdict, endedBy }: { verdict: string; endedBy: string }) => [verdict, endedBy]),
  ).toEqual([
    ["REJECT", "ada"],
    ["ACCEPT", "ada"],
  ]);
  expect((await asked("curations", { held: true })).curations.totalCount).toBe(0);
  await expect(asked("undo-curation", { id: rejected.id, curator: "ada" })).rejects.toThrow("holds");
});

it("two curators who disagree leave the paper standing; more who deny than affirm do not", async () => {
  const { evidence } = await relation(PTGS1);
  const row = evidence.nodes[0].id;
  await judge(row, "REJECT");
  expect((await judge(row, "ACCEPT", { curator: "bob" })).curate.relation.papers).toBe(2);
  expect((await judge(row, "REJECT", { curator: "eve" })).curate.relation.papers).toBe(1);
});

it("correcting the type moves the paper to the other relation, correcting the direction says who acts", async () => {
  const before = await relation(PTGS1);
  const row = before.evidence.nodes[0].id;
  await judge(row, "CORRECT", { correction: { type: "ASSOCIATION" } });
  expect(await relation(PTGS1, ["NEGATIVE_CORRELATION"])).toMatchObject({ papers: 1 });
  const moved = await relation(PTGS1, ["ASSOCIATION"]);
  expect(moved.belief).toBeCloseTo(0.99, 9);

  const still = await relation(PTGS1, ["NEGATIVE_CORRELATION"]);
  const other = still.evidence.nodes.find(
    ({ sourceKind, pmid }: { sourceKind: string; pmid: string }) =>
      sourceKind === "MODEL" && pmid !== before.evidence.nodes[0].pmid,
  );
  await judge(other.id, "CORRECT", { correction: { acts: FISH_OIL } });
  expect((await relation(PTGS1, ["NEGATIVE_CORRELATION"])).direction.subject.curie).toBe(FISH_OIL);

  const ends = await relation(VISCOSITY, ["POSITIVE_CORRELATION"]);
  await judge(ends.evidence.nodes[0].id, "CORRECT", { correction: { object: PTGS1, subject: FISH_OIL } });
  expect((await relation(VISCOSITY, ["POSITIVE_CORRELATION"])).papers).toBe(0);
  expect((await relation(PTGS1, ["POSITIVE_CORRELATION"])).papers).toBe(1);
});

it("undone, a judgement leaves the graph as it was", async () => {
  const before = await graphDump(database);
  const { evidence } = await relation(PTGS1);
  const { curate } = await judge(evidence.nodes[0].id, "CORRECT", { correction: { type: "BIND" } });
  expect(await graphDump(database)).not.toEqual(before);
  await asked("undo-curation", { id: curate.id, curator: "ada" });
  const after = (await graphDump(database)).filter((line) => !/^\((Curation|GraphChange) /.test(line));
  expect(after).toEqual(before.filter((line) => !line.startsWith("(GraphChange ")));
});

it("the queue begins with what a verdict is expected to change most, and leaves out what is judged", async () => {
  const tasks = (await asked("curation-tasks")).curationTasks.nodes;
  const changes = tasks.map(({ expectedChange }: { expectedChange: number }) => expectedChange);
  expect(changes).toEqual([...changes].sort((a, b) => b - a));
  const [{ evidence, expectedChange }] = tasks;
  // Alone behind its relation: its paper goes to 0.99 with its probability, else to 0.
  const { probability } = evidence;
  expect(expectedChange).toBeCloseTo(
    probability * (0.99 - 0.9 * probability) + (1 - probability) * 0.9 * probability,
    9,
  );
  await judge(evidence.id, "ACCEPT");
  const next = (await asked("curation-tasks")).curationTasks.nodes;
  expect(next.map((task: (typeof tasks)[0]) => task.evidence.id)).not.toContain(evidence.id);
  expect(next).toHaveLength(tasks.length - 1);
});

it("the queue expects what judging would really change, of papers that two models read too", async () => {
  const [document] = LITERATURE;
  if (document === undefined) throw new Error("there is literature");
  const gold = { document, evidence: goldEvidence(document) };
  const [one, other] = [readBy("model@1", gold, 0.5), readBy("model@2", gold, 0.8)];
  const evidence = [...one.evidence, ...other.evidence].filter(({ sourceKind }) => sourceKind === "model");
  await writeDocuments(database, [{ ...one, evidence }]);
  const tasks = (await asked("curation-tasks")).curationTasks.nodes;
  expect(tasks).toHaveLength(6);
  for (const { evidence: row, expectedChange } of tasks) {
    const change = async (verdict: string) => {
      const { id, relation: now } = (await judge(row.id, verdict)).curate;
      await asked("undo-curation", { id, curator: "ada" });
      return Math.abs(now.belief - row.relation.belief);
    };
    const expected =
      row.probability * (await change("ACCEPT")) + (1 - row.probability) * (await change("REJECT"));
    expect(expectedChange).toBeCloseTo(expected, 9);
  }
});

it("curators' agreement is over what both judged, and forgets what was undone", async () => {
  const rows = (await asked("curation-tasks")).curationTasks.nodes.map(
    ({ evidence }: { evidence: { id: string } }) => evidence.id,
  );
  for (const [index, verdicts] of [
    ["ACCEPT", "ACCEPT"],
    ["REJECT", "REJECT"],
    ["REJECT", "ACCEPT"],
  ].entries()) {
    await judge(rows[index], verdicts[0] ?? "", { curator: "bob" });
    await judge(rows[index], verdicts[1] ?? "");
  }
  const correction = { type: "BIND" };
  await judge(rows[3], "CORRECT", { correction });
  const same = (await judge(rows[3], "CORRECT", { correction, curator: "bob" })).curate;
  const [all] = (await asked("curation-agreement")).curationAgreement.nodes;
  expect(all).toMatchObject({ curators: ["ada", "bob"], type: null, claims: 4, agreed: 0.75 });
  expect(all.kappa).toBeCloseTo((0.75 - 0.3125) / (1 - 0.3125), 9);
  await asked("undo-curation", { id: same.id, curator: "bob" });
  expect((await asked("curation-agreement")).curationAgreement.nodes[0]).toMatchObject({ claims: 3 });
});

it("a paper's impact is what retracting it does, and undoing that restores everything", async () => {
  await asked("save-question", { from: FISH_OIL, targetType: "DISEASE" });
  const beliefs = async (): Promise<Map<string, object>> => {
    const { relations } = await asked(
      `{ relations(first: 100, filter: { retracted: INCLUDE }) { nodes { id belief papers } } }`,
    );
    return new Map(relations.nodes.map(({ id, ...rest }: { id: string }) => [id, rest]));
  };
  for (const { pmid, retracted = false } of LITERATURE) {
    const before = await beliefs();
    const { impactOf } = await asked("impact-of", { pmid });
    expect(impactOf.publication).toMatchObject({ pmid, retracted });
    const { retract } = await asked("retract", { pmid, curator: "ada" });
    expect(retract).toMatchObject({ changed: !retracted, publication: { retracted: true } });
    const after = await beliefs();
    const changed = [...after].filter(([id, now]) => JSON.stringify(now) !== JSON.stringify(before.get(id)));
    expect(impactOf.changed).toBe(changed.length);
    expect(impactOf.relations.totalCount).toBe(changed.length);
    for (const impact of impactOf.relations.nodes) {
      const { beliefWithout: belief, papersWithout: papers } = impact;
      expect(after.get(impact.relation.id)).toEqual({ belief, papers });
      expect(before.get(impact.relation.id)).toEqual({ belief: impact.belief, papers: impact.papers });
    }
    expect(impactOf.lost).toBe(changed.filter(([, now]) => (now as { papers: number }).papers === 0).length);
    if (!retracted && pmid !== "81000005") expect(impactOf.questions).toHaveLength(1);
    const undone = (await asked("retract", { pmid, curator: "ada", undo: true })).retract;
    expect(undone).toMatchObject({ changed: !retracted, stillRetracted: retracted });
    expect(await beliefs()).toEqual(before);
  }
});

it("a retraction of a paper that is not there waits for it; what is no PMID is refused", async () => {
  expect((await asked("impact-of", { pmid: "99999999" })).impactOf).toBeNull();
  const { retract } = await asked("retract", { pmid: "99999999", curator: "ada" });
  expect(retract).toMatchObject({ changed: false, publication: null, relations: 0 });
  for (const pmid of ["", "PMC1", "12 OR 1=1", "0"]) {
    await expect(asked("retract", { pmid, curator: "ada" })).rejects.toThrow("PubMed identifier");
  }
});

it("refuses what says nothing", async () => {
  const { evidence } = await relation(PTGS1);
  const row = evidence.nodes[0].id;
  for (const [verdict, more] of [
    ["CORRECT", {}],
    ["ACCEPT", { correction: { type: "BIND" } }],
    ["CORRECT", { correction: { acts: VISCOSITY } }],
    ["CORRECT", { correction: { subject: PTGS1, object: PTGS1 } }],
    ["ACCEPT", { curator: " " }],
    ["ACCEPT", { comment: "x".repeat(2001) }],
  ] as const) {
    await expect(judge(row, verdict, more), `${verdict} ${JSON.stringify(more)}`).rejects.toThrow();
  }
  expect((await asked("curations")).curations.totalCount).toBe(0);
});
