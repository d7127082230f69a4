/** `bioweft evaluate` and `bioweft calibrate` as processes: the shape of their figures, predictions of others, refusals. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { command } from "../../../src/cli/commands/evaluate.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const DOCUMENTS = ["11", "12", "13"].map((pmid) => aDocument({ pmid }));
let folder: string;
let model: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-evaluate-"));
  model = await writeTinyModel();
  writeFileSync(at("gold.pubtator"), DOCUMENTS.map((document) => toPubTator(document)).join(""));
});
afterAll(() => {
  for (const each of [folder, model]) rmSync(each, { recursive: true, force: true });
});

function evaluate(...more: string[]) {
  return runBioweft(["evaluate", "--from", at("gold.pubtator"), ...more]);
}

test("a model's figures: scores with intervals, groups, errors, calibration before and after, and a picture", async () => {
  const picture = at("curve.svg");
  const { code, stdout } = await evaluate(
    "--corpus",
    "biored",
    "--model",
    model,
    "--reliability",
    picture,
    "--json",
  );
  expect(code).toBe(0);
  const figures = JSON.parse(stdout);
  expect(figures.pair).toMatchObject({ recall: 1, gold: 6, interval: { recall: [1, 1] } });
  expect(figures.typed.precision).toBeGreaterThanOrEqual(0);
  expect(Object.keys(figures.byPairType)).toEqual(["C-D", "C-G", "D-G", "G-G"]);
  expect(figures.byRelationType.Negative_Correlation.gold).toBe(6);
  expect(figures.errors.rarerEntity["2-4"].pair.gold).toBe(6);
  const { related, answer, type } = figures.calibration;
  expect([related.after.cases, answer.after.cases]).toEqual([related.before.cases, related.before.cases]);
  expect(type.after.cases).toBeLessThanOrEqual(answer.after.cases);
  expect(readFileSync(picture, "utf8")).toMatch(/^<svg[^>]+>[\s\S]*polyline[\s\S]*<\/svg>\n$/);
});

test("direction and novelty are scored where the corpus knows them and the model says them", async () => {
  const qualified = await writeTinyModel("tiny@2", 0, { qualifiers: ["direction", "novelty"] });
  const directed = DOCUMENTS.map((document) => {
    const block = toPubTator(document).trimEnd();
    return `${block}\n${document.pmid}\tD001241\t3569\tSubject:D001241\n\n`;
  });
  writeFileSync(at("directed.pubtator"), directed.join(""));
  const args = ["evaluate", "--corpus", "biored", "--from", at("directed.pubtator"), "--model"];
  const { stdout } = await runBioweft([...args, qualified, "--json"]);
  const { direction, novelty, calibration } = JSON.parse(stdout);
  expect(direction).toMatchObject({ pairs: 3, typed: { gold: 6 } });
  expect(novelty).toMatchObject({ pairs: 6, pair: { gold: 6 }, typed: { gold: 6 } });
  expect(novelty.pair.interval.f1).toHaveLength(2);
  expect(calibration.direction.after.cases).toBe(6);
  expect((await runBioweft([...args, qualified])).stdout).toMatch(/^direction: right of .* of 3 gold pairs/m);
  const silent = JSON.parse((await runBioweft([...args, model, "--json"])).stdout);
  expect(Object.keys(silent)).not.toContain("novelty");
  const fitted = await runBioweft(["calibrate", ...args.slice(1), qualified, "--json", "--folds", "3"]);
  expect(Object.keys(JSON.parse(fitted.stdout).crossValidated)).toContain("novelty");
  const written = JSON.parse(readFileSync(join(qualified, "bioweft.json"), "utf8"));
  expect(written.noveltyTemperature).toBeGreaterThan(0);
  rmSync(qualified, { recursive: true });
});

test("predictions of another tool are scored without a model", async () => {
  const lines = [
    "11\tAssociation\tD001241\t3569\t0.9",
    "12\tNegative_Correlation\tD006073\tD001241",
    "99\tBind\t1\t2",
  ];
  writeFileSync(at("others.tsv"), `${lines.join("\n")}\n`);
  const args = ["--corpus", "biored", "--predictions", at("others.tsv")];
  const { stdout } = await evaluate(...args, "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    pair: { truePositives: 2, predicted: 2, gold: 6, precision: 1 },
    typed: { truePositives: 1, predicted: 2 },
    unanswered: 1,
    unknown: 1,
  });
  const table = await evaluate(...args);
  expect(table.stdout).toMatch(/^pair {3}precision 100\.0 {2}recall {2}33\.3 {2}F1 {2}50\.0 \[/m);
});

test("the pairs of a RENET2 table are the only ones asked", async () => {
  const table = [
    "pmid\tgeneId\tdiseaseId\tlabel",
    "11\t3569\tD006073\t1",
    "12\t3569\tD006073\t0",
    "77\t1\tD1\t1",
  ];
  writeFileSync(at("pairs.tsv"), `${table.join("\n")}\n`);
  const { stdout, stderr } = await evaluate("--pairs", at("pairs.tsv"), "--model", model, "--json");
  expect(stderr).not.toMatch(/error/);
  expect(JSON.parse(stdout)).toMatchObject({
    listed: 2,
    absent: 1,
    pair: { truePositives: 1, predicted: 2, gold: 1 },
  });
});

test("calibrate writes what it fitted, and nothing on a dry run", async () => {
  const args = ["calibrate", "--corpus", "biored", "--from", at("gold.pubtator"), "--model", model, "--json"];
  const before = readFileSync(join(model, "bioweft.json"), "utf8");
  const dry = await runBioweft([...args, "--dry-run"]);
  expect(readFileSync(join(model, "bioweft.json"), "utf8")).toBe(before);
  const fitted = JSON.parse(dry.stdout).after;
  expect(fitted.related).toBeLessThanOrEqual(JSON.parse(dry.stdout).before.related);
  expect((await runBioweft([...args, "--held", "3"])).code).toBe(0);
  expect(JSON.parse(readFileSync(join(model, "bioweft.json"), "utf8"))).toMatchObject(fitted.calibration);
  const kept = JSON.parse((await runBioweft([...args, "--keep-decisions", "--folds", "3"])).stdout);
  expect(kept.after.calibration.threshold).toBeCloseTo(fitted.calibration.threshold, 6);
  expect(Object.keys(kept.crossValidated)).toEqual(["related", "answer", "type", "pair", "typed"]);
});

test("a prompt that the model does not know is not calibrated, as its own documents decide", async () => {
  const before = readFileSync(join(model, "bioweft.json"), "utf8");
  const args = ["calibrate", "--corpus", "bc5cdr", "--from", at("gold.pubtator"), "--model", model];
  const { code, stderr } = await runBioweft(args);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/was not trained on bc5cdr and answers as BioRED there/);
  expect(readFileSync(join(model, "bioweft.json"), "utf8")).toBe(before);
});

test("a part of a corpus is evaluated alone", async () => {
  const { stdout } = await evaluate(
    "--corpus",
    "biored",
    "--model",
    model,
    "--json",
    "--skip",
    "1",
    "--limit",
    "1",
  );
  expect(JSON.parse(stdout).documents).toBe(1);
});

test.each([
  [[], "--corpus is missing"],
  [["--corpus", "biored", "--rows", "x.tsv"], "--rows belongs to --predictions"],
  [["--corpus", "biored", "--pairs", "x.tsv"], "exclude each other"],
  [["--corpus", "biored", "--predictions", "absent.tsv"], "absent.tsv: cannot be read"],
])("refuses %j", async (args, reason) => {
  const parsed = command().parseAsync(["--from", at("gold.pubtator"), ...args], { from: "user" });
  await expect(parsed).rejects.toThrow(reason);
});
