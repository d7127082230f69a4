/** Reliability, folds, and the divisions of the error analysis. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import { entityFrequencies, errorGroupings } from "../../src/evaluation/error-analysis.js";
import { documentFolds } from "../../src/evaluation/folds.js";
import { measureReliability } from "../../src/evaluation/reliability.js";
import {
  answeringPrompt,
  readCalibration,
  writeCalibration,
} from "../../src/model/folder/calibration-file.js";
import { aDocument } from "../support/builders.js";

const stated = (probability: number, right: number, cases: number) =>
  Array.from({ length: cases }, (_, index) => ({ probability, right: index < right }));

describe("measureReliability", () => {
  it("is what the bins' distances come to", () => {
    const measured = measureReliability([...stated(0.15, 5, 10), ...stated(0.85, 27, 30)]);
    expect(measured?.error).toBeCloseTo(0.25 * 0.35 + 0.75 * 0.05);
    expect(measured?.brier).toBeCloseTo(
      (5 * 0.85 ** 2 + 5 * 0.15 ** 2 + 27 * 0.15 ** 2 + 3 * 0.85 ** 2) / 40,
    );
    expect(measured?.bins.map(({ cases }) => cases)).toEqual([10, 30]);
    expect(measured?.binsEqualMass.map(({ cases }) => cases)).toEqual(Array(10).fill(4));
    expect(measureReliability([])).toBeUndefined();
  });

  it("probabilities that keep their word err no more than chance; doubled log-odds err more", () => {
    const random = seededRandom(3);
    const cases = Array.from({ length: 4000 }, () => {
      const logOdds = 2 * random.normal();
      const probability = 1 / (1 + Math.exp(-logOdds));
      const sure = 1 / (1 + Math.exp(-2 * logOdds));
      return { probability, sure, right: random.next() < probability };
    });
    const kept = measureReliability(cases);
    const broken = measureReliability(cases.map(({ sure, right }) => ({ probability: sure, right })));
    expect(kept?.error).toBeLessThan(2 * (kept?.chance ?? 0));
    expect(broken?.error).toBeGreaterThan(5 * (broken?.chance ?? 1));
  });

  it("puts the ends of the scale into its first and last bins", () => {
    const ends = measureReliability([...stated(0, 0, 3), ...stated(1, 3, 3)]);
    expect(ends).toMatchObject({ error: 0, brier: 0, chance: 0 });
  });
});

describe("documentFolds", () => {
  const documents = fc
    .uniqueArray(fc.nat({ max: 60 }), { minLength: 1 })
    .map((pmids) =>
      pmids.map((pmid) => ({ ...aDocument({ pmid: String(pmid) }), publication: String(pmid >> 1) })),
    );

  it("tests every document once, never learns from its paper meanwhile, and spreads papers evenly", () => {
    fc.assert(
      fc.property(documents, (all) => {
        const folds = documentFolds(all, { count: 5 });
        expect(folds.flatMap(({ test }) => test.map(({ pmid }) => pmid)).sort()).toEqual(
          all.map(({ pmid }) => pmid).sort(),
        );
        const papers = folds.map(({ train, test }) => {
          const learned = new Set(train.map(({ publication }) => publication));
          expect(test.some(({ publication }) => learned.has(publication))).toBe(false);
          expect(train.length + test.length).toBe(all.length);
          return new Set(test.map(({ publication }) => publication)).size;
        });
        expect(Math.max(...papers) - Math.min(...papers)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is the same for a seed, whatever the order", () => {
    const all = ["1", "2", "3", "4", "5"].map((pmid) => aDocument({ pmid }));
    const tests = (of: typeof all, seed: number) =>
      documentFolds(of, { count: 2, seed }).map(({ test }) => test.map(({ pmid }) => pmid).sort());
    expect(tests([...all].reverse(), 1)).toEqual(tests(all, 1));
    expect(tests(all, 2)).not.toEqual(tests(all, 1));
  });
});

describe("errorGroupings", () => {
  const document = aDocument({
    title: "Aspirin binds IL6.",
    abstract: "IL6 again. Nothing here. Gout came.",
    mentions: [
      { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
      { text: "IL6", type: "Gene", ids: ["3569"] },
      { text: "IL6", type: "Gene", ids: ["3569"], occurrence: 1 },
      { text: "Gout", type: "Disease", ids: ["D006073"] },
    ],
  });
  const [aspirin, il6, gout] = ["MESH:D001241", "NCBIGene:3569", "MESH:D006073"];
  const learned = [...Array(3).fill(aDocument()), aDocument({ title: "Gout", mentions: [] })];
  const groupings = errorGroupings(document, entityFrequencies(learned));

  it("divides by rarity, common sentence, distance and number of mentions", () => {
    const near = { subject: aspirin, object: il6, type: "Bind" };
    const far = { subject: gout, object: il6, type: "Bind" };
    const divided = (of: typeof near) => Object.values(groupings).map((group) => group(of));
    expect(divided(near)).toEqual(["2-4", "together", "0", "1"]);
    expect(divided(far)).toEqual(["2-4", "apart", "2", "1"]);
    expect(errorGroupings(document, new Map()).rarerEntity(near)).toBe("0");
  });
});

describe("the calibration of a model folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-calibration-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const info = { id: "y@1", network: "pair" as const, encoder: "BERT", corpora: [] };
  const description = join(folder, "bioweft.json");
  const written = () => JSON.parse(readFileSync(description, "utf8"));

  it("is replaced without touching the rest", async () => {
    writeFileSync(description, '{"id":"x@1","temperature":2,"threshold":0.4,"shift":1}');
    expect(await readCalibration(folder)).toEqual({ temperature: 2, threshold: 0.4, shift: 1 });
    await writeCalibration(folder, { temperature: 3, threshold: 0.5, typeTemperature: 2 }, info);
    expect(written()).toEqual({ id: "x@1", temperature: 3, threshold: 0.5, typeTemperature: 2 });
  });

  it("of another corpus's prompt stands beside BioRED's, which counts where a prompt has none", async () => {
    const [own, common] = [
      { temperature: 4, threshold: 0.7, shift: -2 },
      { temperature: 2, threshold: 0.4 },
    ];
    const specials = ["prompt:BioRED", "prompt:DrugProt", "prompt:BC5CDR"];
    writeFileSync(description, JSON.stringify({ id: "x@1", specials, ...common }));
    await writeCalibration(folder, own, info, "DrugProt");
    expect(written()).toEqual({ id: "x@1", specials, ...common, prompts: { DrugProt: own } });
    const asked = (prompt: string) => readCalibration(folder, { prompt, ownMarkers: true });
    expect(await asked("DrugProt")).toEqual(own);
    expect(await asked("BC5CDR")).toEqual(common);
    expect(await readCalibration(folder)).toEqual(common);
    // Without a prompt of its own a corpus is asked as BioRED's, whatever a calibration may be called.
    await writeCalibration(folder, own, info, "AIMed");
    expect(await asked("AIMed")).toEqual(common);
    await writeCalibration(folder, { temperature: 9, threshold: 0.1 }, info);
    expect(await asked("DrugProt")).toEqual(own);
    expect(await answeringPrompt(folder, { prompt: "AIMed", ownMarkers: true })).toBe("BioRED");
  });

  it("comes into a checkpoint that has no description, and a broken one is named", async () => {
    rmSync(description);
    expect(await readCalibration(folder)).toBeUndefined();
    await writeCalibration(folder, { temperature: 3, threshold: 0.5 }, info);
    expect(written()).toEqual({ ...info, input: "compat", temperature: 3, threshold: 0.5 });
    writeFileSync(description, '{"temperature":"hot"}');
    await expect(readCalibration(folder)).rejects.toThrow(/bioweft\.json: cannot be read/);
  });
});
