/**
 * What a checkpoint's config.json says beside the encoder's sizes (encoder-config.ts): the tables' lengths and the
 * labels of a sequence classifier. Source: the configurations of Hugging Face's transformers.
 */
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { readJsonFile } from "../../core/files/json-file.js";
import { type EncoderConfig, readEncoderConfig } from "../networks/encoder-config.js";

const schema = z.object({
  architectures: z.array(z.string()).nullish(),
  vocab_size: z.number().int().positive().optional(),
  intermediate_size: z.number().int().positive().optional(),
  id2label: z.record(z.string().regex(/^\d+$/), z.string()).nullish(),
});

/** A checkpoint's config.json. */
export interface CheckpointConfig {
  readonly encoder: EncoderConfig;
  /** Rows of the word table, and width of the layers' middle; undefined where the file does not say. */
  readonly vocabulary?: number;
  readonly innerSize?: number;
  /** Whether it calls itself a sequence classifier. */
  readonly classifier: boolean;
  /** Labels by output, where it names them. */
  readonly labels?: readonly string[];
}

/** Reads config.json; throws MODEL for another architecture or for labels that are not numbered from 0. */
export async function readCheckpointConfig(dir: string): Promise<CheckpointConfig> {
  const encoder = await readEncoderConfig(dir);
  const file = join(dir, "config.json");
  const reason = "has fields of the wrong kind; take the config.json that the checkpoint came with";
  const config = await readJsonFile(file, schema, reason);
  const { architectures, vocab_size, intermediate_size, id2label } = config;
  return {
    encoder,
    classifier: (architectures ?? []).some((name) => name.endsWith("ForSequenceClassification")),
    ...(vocab_size === undefined ? {} : { vocabulary: vocab_size }),
    ...(intermediate_size === undefined ? {} : { innerSize: intermediate_size }),
    ...(id2label === undefined || id2label === null ? {} : { labels: labelsInOrder(id2label, file) }),
  };
}

function labelsInOrder(id2label: Readonly<Record<string, string>>, file: string): string[] {
  const count = Object.keys(id2label).length;
  return Array.from({ length: count }, (_, id) => {
    const label = id2label[String(id)];
    if (label !== undefined) return label;
    const reason = `id2label has ${count} entries but none for ${id}; number them from 0 to ${count - 1}`;
    throw new BioWeftError("MODEL", reason, { place: { file } });
  });
}
