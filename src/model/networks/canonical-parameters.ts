/**
 * One naming for the parameters of every encoder family: BERT's, without the model's own prefix. So the networks
 * are written once, and what a family does differently is told in encoder-config.ts.
 */

import { required } from "../../core/required.js";
import type { Parameter, Parameters } from "../ops/parameters.js";
import { type EncoderConfig, type EncoderFamily, MPNET_POSITION_OFFSET } from "./encoder-config.js";

/** Canonical name of the position table. */
export const POSITIONS = "embeddings.position_embeddings.weight";

/** What MPNet calls otherwise than BERT: our name and its own. */
const MPNET_NAMES: readonly (readonly [string, string])[] = [
  [".attention.self.query.", ".attention.attn.q."],
  [".attention.self.key.", ".attention.attn.k."],
  [".attention.self.value.", ".attention.attn.v."],
  [".attention.output.dense.", ".attention.attn.o."],
  [".attention.output.LayerNorm.", ".attention.LayerNorm."],
];

/** The parameters of a checkpoint under canonical names; MPNet's position table begins at the first token's. */
export function canonicalParameters(
  parameters: Parameters,
  { family, maxPositions }: Pick<EncoderConfig, "family" | "maxPositions">,
): Map<string, Parameter> {
  const canonical = new Map<string, Parameter>();
  for (const [name, value] of parameters) canonical.set(canonicalName(name, family), value);
  const table = canonical.get(POSITIONS);
  if (table !== undefined)
    canonical.set(
      POSITIONS,
      withoutRows(table, required(table.shape[0], "the rows of the position table") - maxPositions),
    );
  return canonical;
}

/** The canonical name of a tensor; names that no network here has are given back without the family's prefix. */
export function canonicalName(name: string, family: EncoderFamily): string {
  const plain = name.startsWith(`${family}.`) ? name.slice(family.length + 1) : name;
  // Checkpoints from before PyTorch had a layer norm of its own call its parameters so.
  const own = plain
    .replace(/LayerNorm\.gamma$/, "LayerNorm.weight")
    .replace(/LayerNorm\.beta$/, "LayerNorm.bias");
  if (family !== "mpnet") return own;
  return MPNET_NAMES.reduce((result, [ours, theirs]) => result.replace(theirs, ours), own);
}

/** The same parameters as transformers names and lays them out, so that any tool reads the file. */
export function publishedParameters(
  parameters: Parameters,
  { family, maxPositions }: Pick<EncoderConfig, "family" | "maxPositions">,
): Map<string, Parameter> {
  const published = new Map<string, Parameter>();
  for (const [name, value] of parameters) published.set(publishedName(name, family), value);
  const name = publishedName(POSITIONS, family);
  const table = published.get(name);
  if (family === "mpnet" && table?.shape[0] === maxPositions) {
    published.set(name, withFirstRows(table, MPNET_POSITION_OFFSET));
  }
  return published;
}

function publishedName(name: string, family: EncoderFamily): string {
  if (name.startsWith("classifier.")) return name;
  const own =
    family === "mpnet"
      ? MPNET_NAMES.reduce((result, [ours, theirs]) => result.replace(ours, theirs), name)
      : name;
  return `${family}.${own}`;
}

function withoutRows({ shape, data }: Parameter, rows: number): Parameter {
  const [count = 0, width = 0] = shape;
  return { shape: [count - rows, width], data: data.subarray(rows * width) };
}

function withFirstRows({ shape, data }: Parameter, rows: number): Parameter {
  const [count = 0, width = 0] = shape;
  const padded = new Float32Array((rows + count) * width);
  padded.set(data, rows * width);
  return { shape: [rows + count, width], data: padded };
}
