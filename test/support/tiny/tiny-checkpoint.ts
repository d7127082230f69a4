/**
 * A Hugging Face style BERT folder with random weights and a vocabulary of letters, small enough to train in a
 * unit test: the same file formats as a published encoder.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seededRandom } from "../../../src/core/random.js";
import { writeSafetensors } from "../../../src/model/checkpoints/write-safetensors.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";
import { TINY, tinyParameters } from "./tiny-network.js";

const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const WORDS = ["relation", "chemical", "disease", "gene", "patients", "in", "the", "of"];
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
const VOCABULARY = [
  ...SPECIAL,
  ...WORDS,
  ...LETTERS,
  ...LETTERS.map((letter) => `##${letter}`),
  ".",
  ",",
  "-",
  "|",
  "(",
  ")",
];

/** Positions that the tiny checkpoint has. */
export const TINY_POSITIONS = 128;

/** Writes the folder. */
export async function writeTinyCheckpoint(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const json = (name: string, value: unknown) => writeFile(join(dir, name), JSON.stringify(value));
  await json("config.json", {
    model_type: "bert",
    hidden_size: TINY.hiddenSize,
    num_hidden_layers: TINY.layers,
    num_attention_heads: TINY.heads,
    layer_norm_eps: 1e-12,
    max_position_embeddings: TINY_POSITIONS,
    hidden_act: "gelu",
  });
  await json("tokenizer_config.json", { tokenizer_class: "BertTokenizer", do_lower_case: true });
  await json("tokenizer.json", wordPieceJson(VOCABULARY, SPECIAL));
  await writeSafetensors(join(dir, "model.safetensors"), encoderParameters(), "fp32");
  return dir;
}

/** The tokenizer.json of an uncased WordPiece vocabulary, as Python reads it too; `special` are never split. */
export function wordPieceJson(vocabulary: readonly string[], special: readonly string[]): object {
  return {
    version: "1.0",
    added_tokens: special.map((content) => ({
      id: vocabulary.indexOf(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: null,
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  };
}

function encoderParameters(): Map<string, Parameter> {
  const random = seededRandom(3);
  const table = (rows: number): Parameter => ({
    shape: [rows, TINY.hiddenSize],
    data: Float32Array.from({ length: rows * TINY.hiddenSize }, () => 0.3 * random.normal()),
  });
  const parameters = new Map([...tinyParameters()].filter(([name]) => /^(embeddings|encoder)\./.test(name)));
  parameters.set("embeddings.word_embeddings.weight", table(VOCABULARY.length));
  parameters.set("embeddings.position_embeddings.weight", table(TINY_POSITIONS));
  parameters.set("embeddings.token_type_embeddings.weight", table(2));
  return new Map([...parameters].map(([name, value]) => [`bert.${name}`, value]));
}
