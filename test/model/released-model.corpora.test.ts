/** The released model on BioRED Dev, where it is at hand: the figures that it states of itself are those that it gets. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BIORED } from "../../ingest/corpora/declared/biored.js";
import { readCorpus } from "../../ingest/corpora/reading-corpora.js";
import { readConfig } from "../../src/core/config.js";
import { scoreRelations } from "../../src/evaluation/relation-scores.js";
import { calibrationMeter } from "../../src/lab/evaluation/calibration-figures.js";
import { EXACT_ENGINE } from "../../src/lab/evaluation/chosen-model.js";
import { classifiedAnswers } from "../../src/lab/evaluation/evaluation-answers.js";
import { readCalibration } from "../../src/model/folder/calibration-file.js";
import { loadReleasedModel } from "../../src/model/released-model.js";

const DEV = join(resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora"), "biored", "Dev.PubTator");

describe.skipIf(!existsSync(DEV))("the released model on BioRED Dev", () => {
  it("scores what its description says, and its probabilities keep their word", async () => {
    const { modelDir } = readConfig();
    const classifier = await loadReleasedModel(modelDir, { engine: EXACT_ENGINE });
    const meter = calibrationMeter(BIORED, await readCalibration(modelDir));
    const answers = await classifiedAnswers(classifier, readCorpus(BIORED, DEV), (one) => meter?.add(one));
    const { pair, typed } = scoreRelations(answers);
    expect(pair.f1).toBeCloseTo(classifier.info.dev?.pair ?? 0, 2);
    expect(typed.f1).toBeCloseTo(classifier.info.dev?.typed ?? 0, 2);
    const { related, type } = meter?.measure() ?? { related: {} };
    expect(related.after?.error).toBeLessThan(0.03);
    expect(type?.after?.error).toBeLessThan(0.04);
    await classifier.dispose();
  }, 300_000);
});
