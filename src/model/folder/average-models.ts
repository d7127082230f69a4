/**
 * Two document models → one whose weights lie between theirs (Wortsman et al. 2022, "Model soups"; 2022, WiSE-FT). It is
 * worth it for a model and one that went on from it: they lie in one valley of the loss, and between them is often the
 * better place.
 */

import { resolve } from "node:path";
import { BioWeftError } from "../../core/errors.js";
import { required } from "../../core/required.js";
import type { StoredPrecision } from "../checkpoints/write-safetensors.js";
import type { Parameter, Parameters } from "../ops/parameters.js";
import { readModel, type StoredModel, writeModel } from "./model-folder.js";

/**
 * Writes `share` of the second model and the rest of the first into `out`; description, calibration and tokenizer are the
 * second's, without its figures. Throws MODEL for models of other shapes, labels or markers,
 * CONFIG where `out` is one of them.
 */
export async function averageModels(
  [first, second]: readonly [string, string],
  out: string,
  { share, precision }: { readonly share: number; readonly precision: StoredPrecision },
): Promise<void> {
  if ([first, second].some((dir) => resolve(dir) === resolve(out))) {
    throw new BioWeftError(
      "CONFIG",
      `${out} is one of the models that are read; give another folder with --out`,
    );
  }
  const [one, other] = [await readModel(first), await readModel(second)];
  const fault = differenceOf(one, other);
  if (fault !== undefined) {
    const reason = `can't be averaged with ${first}: ${fault}; give a model and one that went on from it`;
    throw new BioWeftError("MODEL", reason, { place: { file: second } });
  }
  const { dev: _, ...description } = other.description;
  await writeModel(out, second, description, averaged(one.parameters, other.parameters, share), {
    precision,
  });
}

function differenceOf(one: StoredModel, other: StoredModel): string | undefined {
  for (const part of ["classes", "specials", "qualifiers"] as const) {
    if (one.description[part]?.join() !== other.description[part]?.join()) return `other ${part}`;
  }
  const shapes = ({ parameters }: StoredModel) =>
    [...parameters].map(([name, { shape }]) => `${name} ${shape.join("x")}`).sort();
  const [here, there] = [shapes(one), new Set(shapes(other))];
  const missing = here.find((name) => !there.has(name));
  if (missing !== undefined) return `it has no ${missing}`;
  return here.length === there.size ? undefined : "it has further weights";
}

function averaged(one: Parameters, other: Parameters, share: number): Parameters {
  const between = ({ shape, data }: Parameter, from: Float32Array): Parameter => ({
    shape,
    data: data.map(
      (value, index) => share * value + (1 - share) * required(from[index], "the other model's weight"),
    ),
  });
  return new Map(
    [...other].map(([name, value]) => [
      name,
      between(value, required(one.get(name), `the weights ${name}`).data),
    ]),
  );
}
