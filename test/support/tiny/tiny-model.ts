/**
 * A model folder with random weights: loads and runs like a released one, in milliseconds, and finds a relation
 * in every pair unless told otherwise. Its answers mean nothing, but are always the same.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../../src/core/random.js";
import type { RelationTask } from "../../../src/core/relation-task.js";
import { loadInitialParameters, networkConfig } from "../../../src/model/folder/initial-parameters.js";
import { type ModelDescription, writeModel } from "../../../src/model/folder/model-folder.js";
import { modelLabels } from "../../../src/model/inputs/labels.js";
import { readEncoderConfig } from "../../../src/model/networks/encoder-config.js";
import { loadTokenizer } from "../../../src/model/text/tokenizer.js";
import { writeTinyCheckpoint } from "./tiny-checkpoint.js";

const HEAD_SIZE = 12;

/** What else a tiny model can be given: corpora with prompts of their own, and more of its description. */
export type TinyParts = Partial<ModelDescription> & { readonly tasks?: readonly RelationTask[] };

/** Writes the folder into a new temporary one, which the caller removes. `threshold` 0 relates every pair. */
export async function writeTinyModel(
  id = "tiny@1",
  threshold = 0,
  { tasks = [], ...parts }: TinyParts = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-tiny-"));
  const encoder = await writeTinyCheckpoint(join(folder, "encoder"));
  const labels = modelLabels(tasks);
  const config = networkConfig(
    await readEncoderConfig(encoder),
    labels.classes.length,
    HEAD_SIZE,
    parts.qualifiers,
  );
  const tokenizer = await loadTokenizer(encoder);
  const parameters = await loadInitialParameters(encoder, tokenizer, config, labels, seededRandom(7));
  const description = {
    id,
    network: "document" as const,
    encoder: "tiny",
    corpora: [],
    classes: [...labels.classes],
    specials: [...labels.specials],
    headSize: HEAD_SIZE,
    temperature: 1,
    threshold,
    ...parts,
  };
  await writeModel(folder, encoder, description, parameters);
  return folder;
}
