/**
 * One naming for the parameters of every encoder family: BERT's, without the model's own prefix. So the networks
 * are written once, and what a family does differently is told in encoder-config.ts.
 */
import { type EncoderFamily, MPNET_POSITION_OFFSET } from "./encoder-config.js";
import type { Parameter, Parameters } from "./parameters.js";

/** MPNet's names for what BERT calls otherwise. */
const MPNET_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\.attention\.attn\.q\./, ".attention.self.query."],
  [/\.attention\.attn\.k\./, ".attention.self.key."],
  [/\.attention\.attn\.v\./, ".attention.self.value."],
  [/\.attention\.attn\.o\./, ".attention.output.dense."],
  [/\.attention\.LayerNorm\./, ".attention.output.LayerNorm."],
];

/** The parameters of a checkpoint under canonical names; MPNet's position table begins at the first token's. */
export function canonicalParameters(parameters: Parameters, family: EncoderFamily): Map<string, Parameter> {
  const canonical = new Map<string, Parameter>();
  for (const [name, value] of parameters) canonical.set(canonicalName(name, family), value);
  const positions = "embeddings.position_embeddings.weight";
  const table = canonical.get(positions);
  if (family === "mpnet" && table !== undefined) {
    canonical.set(positions, withoutRows(table, MPNET_POSITION_OFFSET));
  }
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
  return MPNET_NAMES.reduce((result, [theirs, ours]) => result.replace(theirs, ours), own);
}

function withoutRows({ shape, data }: Parameter, rows: number): Parameter {
  const [count = 0, width = 0] = shape;
  return { shape: [count - rows, width], data: data.subarray(rows * width) };
}
