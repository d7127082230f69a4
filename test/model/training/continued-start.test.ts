import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusByName } from "../../../ingest/corpora/reading-corpora.js";
import { seededRandom } from "../../../src/core/random.js";
import { readModel, type StoredModel } from "../../../src/model/folder/model-folder.js";
import { type ModelLabels, modelLabels } from "../../../src/model/inputs/labels.js";
import { type Parameters, parameter } from "../../../src/model/ops/parameters.js";
import { loadTokenizer, type WordPieceTokenizer } from "../../../src/model/text/tokenizer.js";
import { continuedParameters } from "../../../src/model/training/continued-start.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

let dir: string;
let model: StoredModel;
let tokenizer: WordPieceTokenizer;
beforeAll(async () => {
  dir = await writeTinyModel();
  model = await readModel(dir);
  tokenizer = await loadTokenizer(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

const continued = (labels: ModelLabels) => continuedParameters(model, tokenizer, labels, seededRandom(3));

/** Rows of a table by the names that they have. */
function rows(parameters: Parameters, name: string, names: readonly string[]): Map<string, number[]> {
  const { data } = parameter(parameters, name);
  const width = data.length / names.length;
  return new Map(names.map((row, index) => [row, [...data.slice(index * width, (index + 1) * width)]]));
}

describe("going on from a trained model", () => {
  it("begins where it ended, with the same labels", () => {
    expect(continued(modelLabels([]))).toEqual(model.parameters);
  });

  it("keeps each prompt, marker and output under its name; what is new begins as in a first run", () => {
    const labels = modelLabels([corpusByName("biored"), corpusByName("drugprot")]);
    const parameters = continued(labels);
    for (const [table, before, after] of [
      ["special.weight", model.description.specials, labels.specials],
      ["head.output.weight", model.description.classes, labels.classes],
      ["head.output.bias", model.description.classes, labels.classes],
    ] as const) {
      const old = rows(model.parameters, table, before);
      const now = rows(parameters, table, after);
      expect(now.size).toBeGreaterThan(old.size);
      for (const [name, row] of now) {
        if (old.has(name)) expect(row, name).toEqual(old.get(name));
        else if (table === "head.output.bias") expect(row, name).toEqual([0]);
        else expect(Math.hypot(...row), name).toBeGreaterThan(0);
      }
    }
    expect(parameters.get("head.hidden.weight")).toEqual(model.parameters.get("head.hidden.weight"));
  });
});
