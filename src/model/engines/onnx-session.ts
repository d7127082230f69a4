/**
 * A network on ONNX Runtime: recorded from its one definition when it is loaded, then run by one of the runtime's
 * execution providers. Shared by the engines that differ in provider and precision only.
 */
import { BioWeftError, messageOf } from "../../core/errors.js";
import { mapInputs, type Network } from "../ops/network.js";
import { type Precision, recordOnnx } from "../ops/onnx-ops.js";
import type { Parameters } from "../ops/parameters.js";
import type { Engine, LoadedNetwork, Presence } from "./engine.js";
import { fastInt8IsExact } from "./processor.js";

/** How a session is to run. */
export interface OnnxSessionOptions {
  /** Name of the engine that asks. */
  readonly engine: string;
  readonly provider: "cpu" | "webgpu" | "cuda";
  /** What the network is recorded in. `int8` is for the CPU. */
  readonly precision?: Precision;
}

/** Loads a network into ONNX Runtime; throws MODEL where the runtime refuses it. */
export async function loadOnnxSession<Name extends string>(
  network: Network<Name>,
  parameters: Parameters,
  { engine, provider, precision = "fp32" }: OnnxSessionOptions,
): Promise<LoadedNetwork<Name>> {
  // Not at the top: it takes a while, and those who only train may lack it.
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const session = await InferenceSession.create(recordOnnx(network, parameters, precision), {
    executionProviders: [provider],
    logSeverityLevel: 3,
    extra: {
      session: {
        x64quantprecision: precision === "int8" && !(await fastInt8IsExact()) ? "1" : "0",
        // Threads that wait for work give the processor to others: seen on a busy machine, half the processor time
        // and a third of the wall time of threads that spin.
        intra_op: { allow_spinning: "0" },
      },
    },
  }).catch((cause: unknown) => {
    // Its messages open with a place in its own sources and the condition that failed there.
    const said = messageOf(cause).split(" was false. ").at(-1);
    throw new BioWeftError("MODEL", `ONNX Runtime does not load the network: ${said}`, { cause });
  });
  return {
    engine,
    async logits(feeds) {
      const tensors = mapInputs(network, (name, { type }) => {
        const { data, shape } = feeds[name];
        return new Tensor(type, data, shape);
      });
      const { logits } = await session.run(tensors).catch((cause: unknown) => {
        const reason = `the engine ${engine} can't run the network: ${messageOf(cause)}; choose another, or auto`;
        throw new BioWeftError("MODEL", reason, { cause });
      });
      if (logits === undefined) throw new BioWeftError("MODEL", "the network gave no logits");
      return logits.data as Float32Array;
    },
    dispose: () => session.release(),
  };
}

/** What tells an engine of ONNX Runtime from the others. */
export interface OnnxEngineParts {
  readonly name: string;
  readonly provider: OnnxSessionOptions["provider"];
  readonly precision: Precision;
  /** What it runs on, as a user is told. */
  readonly runsOn: string;
  readonly automatic: boolean;
  readonly passRows: number;
  presence(): Presence;
}

/** An engine that is one of ONNX Runtime's providers in one precision. */
export function onnxRuntimeEngine({
  name,
  provider,
  precision,
  runsOn,
  automatic,
  passRows,
  presence,
}: OnnxEngineParts): Engine {
  return {
    name,
    description: `ONNX Runtime on ${runsOn}, ${precision}`,
    automatic,
    passRows,
    presence: async () => presence(),
    load: (network, parameters) =>
      loadOnnxSession(network, parameters, { engine: name, provider, precision }),
  };
}
