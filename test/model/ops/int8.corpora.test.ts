/** The released model in int8 against itself in fp32, on real documents. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { readConfig } from "../../../src/core/config.js";
import type { Prediction } from "../../../src/core/prediction.js";
import { RELATION_TYPES } from "../../../src/core/relation-types.js";
import { documentClassifier } from "../../../src/model/document-classifier.js";
import { loadOnnxSession } from "../../../src/model/engines/onnx-session.js";
import { readModel } from "../../../src/model/folder/model-folder.js";
import { documentGraph } from "../../../src/model/networks/document-graph.js";
import type { Precision } from "../../../src/model/ops/onnx-ops.js";
import { oneByOne } from "../../../src/model/view-runner.js";

const DEV = join(resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora"), "biored", "Dev.PubTator");
/** Enough for some thousand pairs; all 100 take minutes. */
const DOCUMENTS = 30;
const CLASSES = ["None", ...RELATION_TYPES] as const;

/** The likeliest class, whatever the threshold says. */
function winner({ probabilities }: Prediction): (typeof CLASSES)[number] {
  return [...CLASSES].sort((a, b) => probabilities[b] - probabilities[a])[0] ?? "None";
}

describe.skipIf(!existsSync(DEV))("int8 on BioRED's development set", () => {
  it.each(["int8", "fp16"] as const)(
    "%s finds the class that fp32 finds, as probable",
    async (precision) => {
      const model = await readModel(readConfig().modelDir);
      const classifier = async (each: Precision) => {
        const options = { engine: each, provider: "cpu", precision: each } as const;
        return documentClassifier(
          model,
          oneByOne(await loadOnnxSession(documentGraph(model.config), model.parameters, options)),
        );
      };
      const [exact, rounded] = [await classifier("fp32"), await classifier(precision)];
      let [pairs, same, asserted, worst] = [0, 0, 0, 0];
      const sums = CLASSES.map(() => 0);
      let documents = 0;
      for await (const document of readDocuments(DEV)) {
        if (documents++ === DOCUMENTS) break;
        const expected = (await exact.predict(document)).predictions;
        const found = (await rounded.predict(document)).predictions;
        for (const [index, one] of expected.entries()) {
          const other = found[index];
          if (other === undefined) throw new Error("a pair is missing");
          pairs += 1;
          same += Number(winner(one) === winner(other));
          asserted += Number(one.type === other.type);
          for (const [column, name] of CLASSES.entries()) {
            const difference = Math.abs(one.probabilities[name] - other.probabilities[name]);
            sums[column] = (sums[column] ?? 0) + difference;
            worst = Math.max(worst, difference);
          }
        }
      }
      await exact.dispose();
      await rounded.dispose();
      const macro = sums.reduce((sum, value) => sum + value, 0) / sums.length / pairs;
      process.stderr.write(
        `${precision}: ${pairs} pairs, ${((100 * same) / pairs).toFixed(2)}% of the same class, ` +
          `${((100 * asserted) / pairs).toFixed(2)}% decided alike, ` +
          `macro difference ${macro.toFixed(5)}, largest ${worst.toFixed(3)}\n`,
      );
      expect(pairs).toBeGreaterThan(1000);
      expect(same / pairs).toBeGreaterThanOrEqual(0.99);
      // What is asserted hangs on a threshold too, and on which of two readings is the surer one.
      expect(asserted / pairs).toBeGreaterThanOrEqual(0.985);
      expect(macro).toBeLessThanOrEqual(0.02);
    },
    300_000,
  );
});
