import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../../src/core/document.js";
import type { Prediction, RelationClassifier } from "../../../src/core/prediction.js";
import { seededRandom } from "../../../src/core/random.js";
import { UNCALIBRATED } from "../../../src/model/answers/decoding.js";
import type { DocumentInputName } from "../../../src/model/networks/document-graph.js";
import type { TrainingExample } from "../../../src/model/training/examples.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { scoreHeldOut } from "../../../src/model/training/held-out.js";
import { classifierTeacher } from "../../../src/model/training/teacher.js";
import { type TrainingRun, trainNetwork } from "../../../src/model/training/trainer.js";
import {
  examplePasses,
  type PassSettings,
  trainingPasses,
} from "../../../src/model/training/training-passes.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";
import {
  aPhase,
  aTinyRun,
  letterDocument,
  TINY_LABELS,
  tinyExamples,
} from "../../support/tiny/tiny-training.js";

const CLASSES = TINY_LABELS.classes;
let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-learning-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rm(dir, { recursive: true }));

type Run = TrainingRun<DocumentInputName>;
type Settings = PassSettings<DocumentInputName>;
const passSettings = ({ tokenizer, classes, learner }: Run, parts: Partial<Settings> = {}): Settings => ({
  ...{ tokenizer, classes, learner, maxPairs: 10, mentionDropout: 0 },
  ...parts,
});

/** Eight documents of different words. */
function eightDocuments(): Document[] {
  return [..."kmprtvwy"].map((letter, index) => letterDocument(index, letter));
}

describe("learning", { timeout: 60_000 }, () => {
  it("gets eight documents by heart: loss near 0", async () => {
    const examples = tinyExamples(eightDocuments());
    const run = await aTinyRun(encoder, join(dir, "heart"), { held: [], phases: [aPhase(examples, 10)] });
    const { parameters } = await trainNetwork(run);
    const engine = new GradientEngine(run.tf, run.learner.network, new WeightStore(parameters));
    const passes = examples.flatMap((example) =>
      examplePasses(example, passSettings(run)).map(({ feeds }) => ({ feeds, targets: example.targets })),
    );
    expect((await engine.gradients(passes)).loss).toBeLessThan(0.1);
  });

  it("stays at chance on other documents where labels were dealt by lot: nothing leaks", async () => {
    const related = CLASSES.indexOf("Positive_Correlation");
    const dealt = seededRandom(5).shuffle([0, 0, related, related]);
    const letters = [..."kpvz"];
    const examples = (from: number, targets: readonly number[]): TrainingExample[] =>
      tinyExamples(letters.map((letter, index) => letterDocument(from + index, letter))).map(
        (example, index) => ({
          ...example,
          targets: [targets[index] ?? 0],
        }),
      );
    // The same texts twice, with labels dealt anew: what was learned of the first says nothing of the second.
    const learned = examples(0, dealt);
    const others = examples(
      50,
      dealt.map((target) => related - target),
    );
    const run = await aTinyRun(encoder, join(dir, "shuffled"), {
      held: [],
      phases: [aPhase([...learned, ...others], 6)],
    });
    const { parameters } = await trainNetwork(run);
    const engine = new GradientEngine(run.tf, run.learner.network, new WeightStore(parameters));
    const passes = [...learned, ...others].flatMap((example) =>
      examplePasses(example, passSettings(run)).map(({ feeds }) => ({ feeds, targets: example.targets })),
    );
    expect((await engine.gradients(passes)).loss).toBeGreaterThan(0.6);
  });

  it("ends when held-out scores get no better, with the best weights, resumed or not", async () => {
    const stopping = async (name: string, stopAfter = Number.POSITIVE_INFINITY) => {
      const stop = new AbortController();
      const run = await aTinyRun(encoder, join(dir, name), { signal: stop.signal });
      const onProgress: Run["onProgress"] = (progress) => {
        run.reports.push(progress);
        if (progress.step === stopAfter) stop.abort();
      };
      return { ...run, onProgress, settings: { ...run.settings, patience: 2 } };
    };
    const run = await stopping("stopping");
    const whole = await trainNetwork(run);
    expect(whole.held.typed.f1).toBe(1);
    expect(run.reports.length).toBeLessThan(16);
    const scores = run.reports.flatMap(({ held }) =>
      held === undefined ? [] : [held.typed.f1 + held.pair.f1],
    );
    expect(Math.max(...scores)).toBe(scores.at(-3));
    expect(run.reports).toHaveLength(2 * scores.length);

    const stopped = await stopping("stopping-halves", run.reports.length - 3);
    await expect(trainNetwork(stopped)).rejects.toMatchObject({ code: "CANCELLED" });
    const resumed = await stopping("stopping-halves");
    expect((await trainNetwork(resumed)).parameters).toEqual(whole.parameters);
    expect(resumed.reports).toHaveLength(3);

    const curve = (name: string) => readFile(join(dir, name, "curve.jsonl"), "utf8");
    const steps = async (name: string) =>
      (await curve(name))
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { step: number }).step);
    expect(await steps("stopping-halves")).toEqual(await steps("stopping"));
    const picture = await readFile(join(dir, "stopping", "curve.svg"), "utf8");
    expect(picture).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(picture.match(/<polyline/g)).toHaveLength(3);
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("passes", () => {
  it("hide the names of some entities, all their mentions, and nothing else", async () => {
    const run = await aTinyRun(encoder, join(dir, "unused"));
    const [example] = tinyExamples([letterDocument(0)]);
    if (example === undefined) throw new Error("no example");
    const mask = run.tokenizer.tokenId("[MASK]");
    const tokensWith = async (mentionDropout: number, seed: number) => {
      const [pass] = await trainingPasses(example, passSettings(run, { mentionDropout }), seededRandom(seed));
      return [...(pass?.feeds.tokens.data ?? [])];
    };
    const plain = await tokensWith(0, 1);
    expect(plain).not.toContain(mask);
    // [CLS] a ##b x c ##d [SEP]
    expect(await tokensWith(1, 1)).toEqual([plain[0], mask, mask, plain[3], mask, mask, plain[6]]);
    const seen = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => tokensWith(0.5, seed)));
    const counts = new Set(seen.map((tokens) => tokens.filter((token) => token === mask).length));
    expect([...counts].sort()).toEqual([0, 2, 4]);
  });

  it("carry a teacher's softened answers for the task's pairs, and learn them", async () => {
    const taught = tinyExamples([0, 2, 4, 6].map((index) => letterDocument(index)));
    const phases = [aPhase(taught, 16)];
    const run = await aTinyRun(encoder, join(dir, "taught"), { held: [], phases });
    const probabilities = Object.fromEntries(CLASSES.map((name) => [name, 0])) as Prediction["probabilities"];
    const asked: string[] = [];
    const answering: Pick<RelationClassifier, "info" | "predict"> = {
      info: { id: "teacher@1", network: "pair", encoder: "", engine: "", corpora: [], parameters: 0 },
      predict: (document) => {
        asked.push(document.pmid);
        const [candidate] = tinyExamples([document])[0]?.candidates ?? [];
        if (candidate === undefined) throw new Error("no candidate");
        const said = { ...probabilities, None: 0.36, Bind: 0.64 };
        const prediction = {
          candidate,
          type: "Bind" as const,
          probability: 0.64,
          related: 0.64,
          probabilities: said,
        };
        return Promise.resolve({ document, predictions: [prediction], model: "teacher@1" });
      },
    };
    const teacher = classifierTeacher(answering, TINY_LABELS, { share: 1, temperature: 2 });
    const [example] = tinyExamples([letterDocument(0)]);
    if (example === undefined) throw new Error("no example");
    const [pass] = await trainingPasses(example, passSettings(run, { teacher }), seededRandom(1));
    const soft = [...(pass?.soft?.[0] ?? [])];
    expect(soft[CLASSES.indexOf("None")]).toBeCloseTo(0.6 / 1.4, 5);
    expect(soft[CLASSES.indexOf("Bind")]).toBeCloseTo(0.8 / 1.4, 5);
    const elsewhere = { ...example, task: { ...example.task, prompt: "DDI" } };
    expect(await teacher.answers(elsewhere)).toBeUndefined();

    const { parameters } = await trainNetwork({ ...run, teacher });
    // Once above, then once each of the four documents.
    expect(asked).toHaveLength(5);
    const engine = new GradientEngine(run.tf, run.learner.network, new WeightStore(parameters));
    const [logits] = await engine.logits(examplePasses(example, passSettings(run)).map(({ feeds }) => feeds));
    const powers = [...(logits ?? [])].map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    const learned = (name: string) => (powers[CLASSES.indexOf(name)] ?? 0) / total;
    // What the teacher said, doubt and all, and not the gold class.
    expect(learned("Bind")).toBeGreaterThan(0.4);
    expect(learned("None")).toBeGreaterThan(0.1);
    expect(learned("Positive_Correlation")).toBeLessThan(0.05);
    expect((await scoreHeldOut(engine, [], passSettings(run))).calibration).toEqual(UNCALIBRATED);
  });
});
