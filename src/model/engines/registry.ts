/**
 * All engines. To add one: its file in this folder, and its name here.
 */
import { BioWeftError } from "../../core/errors.js";
import type { Engine } from "./engine.js";
import { onnxEngine } from "./onnx-engine.js";

/** Every engine, the default first. */
export const ENGINES: readonly Engine[] = [onnxEngine];

/** The engine of that name; throws CONFIG listing the names there are. */
export function engineByName(name: string): Engine {
  const engine = ENGINES.find((each) => each.name === name);
  if (engine !== undefined) return engine;
  const names = ENGINES.map((each) => each.name).join(", ");
  throw new BioWeftError("CONFIG", `there is no engine "${name}"; choose from ${names}`);
}
