/**
 * Sizes of an encoder, read from a checkpoint's config.json. Families differ in few things, which are told here
 * once: ELECTRA may embed narrower than it computes; MPNet has no segments, biases its attention by relative
 * position and counts positions from 2. Source: the configurations of Hugging Face's transformers.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError, messageOf } from "../../core/errors.js";

/** What the encoder's definition needs to know. */
export interface EncoderConfig {
  readonly family: EncoderFamily;
  readonly hiddenSize: number;
  /** Width of the embedding tables; other than `hiddenSize` they are projected. */
  readonly embeddingSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly layerNormEpsilon: number;
  /** Tokens that have a position. */
  readonly maxPositions: number;
  /** Rows of the segment table; 0: the encoder has none. */
  readonly segments: number;
  /** Buckets of relative positions that bias attention; 0: it has none. */
  readonly relativeBuckets: number;
}

/** Encoders whose layers we know; `model_type` in their config.json. */
const ENCODER_FAMILIES = ["bert", "electra", "mpnet"] as const;
export type EncoderFamily = (typeof ENCODER_FAMILIES)[number];

/** Rows that MPNet's position table has before the first token's. */
export const MPNET_POSITION_OFFSET = 2;

const configSchema = z.object({
  model_type: z.enum(ENCODER_FAMILIES).optional(),
  architectures: z.array(z.string()).nullish(),
  hidden_size: z.number().int().positive(),
  embedding_size: z.number().int().positive().optional(),
  num_hidden_layers: z.number().int().positive(),
  num_attention_heads: z.number().int().positive(),
  layer_norm_eps: z.number().positive().default(1e-12),
  max_position_embeddings: z.number().int().positive(),
  type_vocab_size: z.number().int().positive().default(2),
  relative_attention_num_buckets: z.number().int().positive().default(32),
  hidden_act: z.literal("gelu").default("gelu"),
  position_embedding_type: z.literal("absolute").default("absolute"),
});

/** Reads config.json; throws MODEL for another architecture, saying which are expected. */
export async function readEncoderConfig(checkpointDir: string): Promise<EncoderConfig> {
  const file = join(checkpointDir, "config.json");
  try {
    const config = configSchema.parse(JSON.parse(await readFile(file, "utf8")));
    return toEncoderConfig(config, config.model_type ?? familyOf(config.architectures ?? []));
  } catch (cause) {
    const why =
      cause instanceof z.ZodError ? z.prettifyError(cause).replace(/\s*\n\s*/g, " ") : messageOf(cause);
    const known = `an encoder with gelu and absolute positions, of the families ${ENCODER_FAMILIES.join(", ")}`;
    throw new BioWeftError(
      "MODEL",
      `is no config.json that can be used (${why}); give the folder of ${known}`,
      {
        place: { file },
        cause,
      },
    );
  }
}

/** The family of an old configuration, which only names its classes: `BertForSequenceClassification`. */
function familyOf(architectures: readonly string[]): EncoderFamily {
  return z
    .enum(ENCODER_FAMILIES)
    .parse(/^(?:TF)?(Bert|Electra|MPNet)/.exec(architectures[0] ?? "")?.[1]?.toLowerCase());
}

function toEncoderConfig(config: z.infer<typeof configSchema>, family: EncoderFamily): EncoderConfig {
  const mpnet = family === "mpnet";
  return {
    family,
    hiddenSize: config.hidden_size,
    embeddingSize: config.embedding_size ?? config.hidden_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    layerNormEpsilon: config.layer_norm_eps,
    maxPositions: config.max_position_embeddings - (mpnet ? MPNET_POSITION_OFFSET : 0),
    segments: mpnet ? 0 : config.type_vocab_size,
    relativeBuckets: mpnet ? config.relative_attention_num_buckets : 0,
  };
}
