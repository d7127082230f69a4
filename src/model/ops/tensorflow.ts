/**
 * Finds and loads a TensorFlow.js: the native bindings (TensorFlow on the CPU or on CUDA), the WebGPU backend, or
 * the portable one. All but the last are optional; what loads here is used by the tfjs engines and by training.
 * Everything that resolves inside the checkout shares one copy of tfjs-core, else gradients would be lost between
 * two.
 */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type MatrixPrecision, PACKAGE_ROOT, setNativeMath } from "../../core/config.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import type { Tf } from "./tfjs-ops.js";

/** A tfjs that is ready to compute. */
export interface TensorflowBackend {
  readonly tf: Tf;
  /** tfjs's own name of the backend: `tensorflow` for a native binding, `webgpu`, or `cpu` for the portable one. */
  readonly name: string;
}

/** The npm packages of the native bindings. */
type NativePackage = "tfjs-node" | "tfjs-node-gpu";

const require = createRequire(import.meta.url);

/** The folder of a native package whose library is there, built by scripts/tensorflow or installed; else undefined. */
export function nativePackageDir(name: NativePackage): string | undefined {
  const places = [join(PACKAGE_ROOT, ".bioweft-tools", name), PACKAGE_ROOT];
  return places
    .map((place) => join(place, "node_modules", "@tensorflow", name))
    .find((dir) => existsSync(join(dir, "package.json")) && hasBinding(join(dir, "lib")));
}

function hasBinding(lib: string): boolean {
  if (!existsSync(lib)) return false;
  return readdirSync(lib).some((abi) => existsSync(join(lib, abi, "tfjs_binding.node")));
}

/** How to get each native package. */
export const NATIVE_CURES: Readonly<Record<NativePackage, string>> = {
  "tfjs-node": "run `npm run setup:training` or `npm rebuild @tensorflow/tfjs-node`",
  "tfjs-node-gpu":
    "run `npm rebuild @tensorflow/tfjs-node-gpu` or, for a newer TensorFlow, `node scripts/tensorflow/build.mjs --cuda`",
};

/** Loads a native binding; throws MISSING_DEPENDENCY with the cure where it is not there or does not load. */
export function loadNativeTensorflow(name: NativePackage = "tfjs-node"): TensorflowBackend {
  const dir = nativePackageDir(name);
  if (dir === undefined) {
    const reason = `TensorFlow's binding @tensorflow/${name} is not there; ${NATIVE_CURES[name]}`;
    throw new BioWeftError("MISSING_DEPENDENCY", reason);
  }
  try {
    return { tf: require(dir) as Tf, name: "tensorflow" };
  } catch (cause) {
    const reason = `TensorFlow's binding in ${dir} does not load (${messageOf(cause)}); ${NATIVE_CURES[name]}`;
    throw new BioWeftError("MISSING_DEPENDENCY", reason, { cause });
  }
}

/** Loads tfjs's portable CPU backend. */
export async function loadPortableTensorflow(): Promise<TensorflowBackend> {
  const { tf } = await import("./portable-tfjs.js");
  await tf.setBackend("cpu");
  return { tf, name: "cpu" };
}

/** Whether both packages that WebGPU needs are installed. */
export function hasWebgpuPackages(): boolean {
  return ["webgpu", "@tensorflow/tfjs-backend-webgpu"].every((name) =>
    existsSync(join(PACKAGE_ROOT, "node_modules", name, "package.json")),
  );
}

/**
 * Loads tfjs's WebGPU backend on the graphics card; throws MISSING_DEPENDENCY where a package or a card is
 * missing. Tensors on it can be read only with `await data()`.
 */
export async function loadWebgpuTensorflow(): Promise<TensorflowBackend> {
  try {
    const { tf } = await import("./portable-tfjs.js");
    if (tf.findBackend("webgpu") === null) {
      const { create, globals } = await import("webgpu");
      const gpu = create([]);
      if ((await gpu.requestAdapter()) === null)
        throw new BioWeftError("MISSING_DEPENDENCY", "no graphics card answers");
      Object.assign(globalThis, globals);
      // The backend looks for navigator.gpu when it is loaded. Node 21 and newer have a navigator of their own.
      const navigator = { userAgent: "Node", gpu };
      Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
      await import("@tensorflow/tfjs-backend-webgpu");
    }
    if (!(await tf.setBackend("webgpu"))) throw new BioWeftError("MISSING_DEPENDENCY", "the card refuses");
    return { tf, name: "webgpu" };
  } catch (cause) {
    const reason = `WebGPU does not start: ${messageOf(cause)}; npm start installs its packages, and \`bioweft doctor\` says what the card needs`;
    throw new BioWeftError("MISSING_DEPENDENCY", reason, { cause });
  }
}

/** The TensorFlows by the names that `--backend` knows; all can train. */
export const TENSORFLOWS = ["native", "gpu", "webgpu", "portable"] as const;
export type TensorflowName = (typeof TENSORFLOWS)[number];

/**
 * Loads one by its name: the CPU's binding, CUDA's, WebGPU, or the portable one. Throws CONFIG for a precision that it
 * does not have.
 */
export async function loadTensorflow(
  name: TensorflowName,
  precision: MatrixPrecision = "fp32",
): Promise<TensorflowBackend> {
  if (precision !== "fp32" && name !== "native") {
    throw new BioWeftError(
      "CONFIG",
      `the backend ${name} has no ${precision}; leave --precision out or choose --backend native`,
    );
  }
  setNativeMath(precision);
  if (name === "webgpu") return loadWebgpuTensorflow();
  if (name === "portable") return loadPortableTensorflow();
  return loadNativeTensorflow(name === "gpu" ? "tfjs-node-gpu" : "tfjs-node");
}
