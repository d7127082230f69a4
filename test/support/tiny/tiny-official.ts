/**
 * A folder as the BioREx authors publish their checkpoints, with random weights and a vocabulary of letters: the
 * 38 tags as added tokens, 46 labels without names, BertForSequenceClassification. It has no bioweft.json.
 */
import { mkdtempSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../../src/core/random.js";
import { writeSafetensors } from "../../../src/model/checkpoints/write-safetensors.js";
import type { EncoderConfig } from "../../../src/model/networks/encoder-config.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";
import { wordPieceJson } from "./tiny-checkpoint.js";
import { TINY } from "./tiny-network.js";
import { tinyPairParameters } from "./tiny-pair.js";

const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
const SIGNS = [...".,;:?!-|()[]@$/%+"];
const WORDS = ["what", "is", "between", "and", "in", "the", "of", "patients"];

/** The tags that the original tool adds to a vocabulary, in its order. */
export const OFFICIAL_TAGS: readonly string[] = [
  ...["ChemicalEntity", "Chemical", "Disease", "DiseaseOrPhenotypicFeature", "Gene", "GeneOrGeneProduct"],
  ...["SequenceVariant", "drug", "protein"],
]
  .flatMap((type) => [`@${type}Src$`, `@${type}Tgt$`, `@/${type}Src$`, `@/${type}Tgt$`])
  .concat("@CHEMICALSrc$", "@/CHEMICALSrc$", "@GENETgt$", "@/GENETgt$")
  .sort();

const VOCABULARY = [...SPECIAL, ...WORDS, ...LETTERS, ...LETTERS.map((letter) => `##${letter}`), ...SIGNS];
const ENTRIES = [...VOCABULARY, ...OFFICIAL_TAGS];

/** What a test may want otherwise. */
export interface TinyOfficial {
  readonly labels?: number;
  readonly positions?: number;
}

/** Writes the folder into a new temporary one, which the caller removes. */
export async function writeTinyOfficial({
  labels = 46,
  positions = 512,
}: TinyOfficial = {}): Promise<string> {
  const dir = join(mkdtempSync(join(tmpdir(), "bioweft-official-")), "tiny_biorex");
  await mkdir(dir);
  const json = (name: string, value: unknown) => writeFile(join(dir, name), JSON.stringify(value));
  const ids = Array.from({ length: labels }, (_, id) => id);
  await json("config.json", {
    architectures: ["BertForSequenceClassification"],
    model_type: "bert",
    hidden_size: TINY.hiddenSize,
    num_hidden_layers: TINY.layers,
    num_attention_heads: TINY.heads,
    intermediate_size: 4 * TINY.hiddenSize,
    layer_norm_eps: 1e-12,
    max_position_embeddings: positions,
    vocab_size: ENTRIES.length,
    type_vocab_size: 2,
    hidden_act: "gelu",
    id2label: Object.fromEntries(ids.map((id) => [id, `LABEL_${id}`])),
  });
  await json("tokenizer.json", wordPieceJson(ENTRIES, [...SPECIAL, ...OFFICIAL_TAGS]));
  await json("tokenizer_config.json", { tokenizer_class: "BertTokenizer", do_lower_case: true });
  await json("special_tokens_map.json", { additional_special_tokens: OFFICIAL_TAGS });
  await writeFile(join(dir, "vocab.txt"), `${VOCABULARY.join("\n")}\n`);
  await writeSafetensors(join(dir, "model.safetensors"), officialParameters(labels, positions), "fp32");
  return dir;
}

function officialParameters(labels: number, positions: number): Map<string, Parameter> {
  const config: EncoderConfig = { ...TINY, maxPositions: positions };
  const random = seededRandom(5);
  const table = (rows: number): Parameter => ({
    shape: [rows, config.hiddenSize],
    data: Float32Array.from({ length: rows * config.hiddenSize }, () => 0.3 * random.normal()),
  });
  const parameters = tinyPairParameters(6, config, labels);
  parameters.set("embeddings.word_embeddings.weight", table(ENTRIES.length));
  parameters.set("embeddings.position_embeddings.weight", table(positions));
  const own = (name: string) => (name.startsWith("classifier") ? name : `bert.${name}`);
  return new Map([...parameters].map(([name, value]) => [own(name), value]));
}
