/** A network's parameters by name. Knows no files: checkpoints/ reads and writes them. */
import { BioWeftError } from "../../core/errors.js";

/** One dense array, row-major. */
export interface Parameter {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A network's weights by their canonical names (canonical-parameters.ts). */
export type Parameters = ReadonlyMap<string, Parameter>;

/** The named parameter; throws MODEL listing what there is. */
export function parameter(parameters: Parameters, name: string): Parameter {
  const found = parameters.get(name);
  if (found !== undefined) return found;
  throw new BioWeftError(
    "MODEL",
    `the checkpoint lacks ${name}; it holds ${[...parameters.keys()].join(", ")}`,
  );
}
