import { expect, it } from "vitest";
import { countedWeights, parseClassWeights } from "../../../src/model/training/class-weights.js";
import type { TrainingExample } from "../../../src/model/training/examples.js";
import { aDocument } from "../../support/builders.js";

const CLASSES = ["None", "Association", "Bind"];
const example: TrainingExample = {
  document: aDocument(),
  task: { prompt: "BioRED", ownMarkers: false, noneClass: "None", pairTypes: [], scope: "document" },
  candidates: [],
  targets: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
};

it("weighs classes by how rare they are, 1 on average over the pairs", () => {
  expect(countedWeights("none", CLASSES, [example])).toEqual([]);
  const balanced = countedWeights("balanced", CLASSES, [example]);
  expect(balanced[1]).toBeCloseTo(5, 10);
  expect(9 * (balanced[0] ?? 0)).toBeCloseTo(5, 10);
  expect(balanced[2]).toBe(1);
  const [none = 0, association = 0] = countedWeights("sqrt", CLASSES, [example]);
  expect(association / none).toBeCloseTo(3, 10);
  expect(9 * none + association).toBeCloseTo(10, 10);
});

it("reads weights by name and refuses what is none", () => {
  expect(parseClassWeights("None=0.5, Bind=3", CLASSES)).toEqual([0.5, 1, 3]);
  for (const text of ["Nothing=1", "Bind", "Bind=", "Bind=-1", "Bind=x", ""])
    expect(() => parseClassWeights(text, CLASSES), text).toThrow(/give none, sqrt.*None, Association, Bind/);
});
