/**
 * A network on ONNX Runtime: recorded from its one definition when it is loaded, then run by one of the runtime's
 * execution providers. Shared by the engines that differ in provider and precision only.
 */
import { BioWeftError, messageOf } from "../../core/errors.js";
import { required } from "../../core/required.js";
import { mapInputs, type Network, type NetworkPart, wholeNetwork } from "../ops/network.js";
import { type Precision, recordPart } from "../ops/onnx-ops.js";
import type { Parameters } from "../ops/parameters.js";
import type { Engine, LoadedNetwork, LoadedPart, Presence } from "./engine.js";
import { fastInt8IsExact } from "./processor.js";

/** How a session is to run. */
interface OnnxSessionOptions {
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
  options: OnnxSessionOptions,
): Promise<LoadedNetwork<Name>> {
  const whole = await loadOnnxPart(wholeNetwork(network), parameters, options);
  return {
    engine: whole.engine,
    logits: async (feeds) => (await whole.run(feeds)).logits,
    dispose: () => whole.dispose(),
  };
}

/** Loads a part of a network. */
async function loadOnnxPart<Name extends string, Output extends string>(
  part: NetworkPart<Name, Output>,
  parameters: Parameters,
  { engine, provider, precision = "fp32" }: OnnxSessionOptions,
): Promise<LoadedPart<Name, Output>> {
  // Not at the top: it takes a while, and those who only train may lack it.
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const session = await InferenceSession.create(recordPart(part, parameters, precision), {
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
    async run(feeds) {
      const tensors = mapInputs(part, (name, { type }) => {
        const { data, shape } = feeds[name];
        return new Tensor(type, data, shape);
      });
      const given = await session.run(tensors).catch((cause: unknown) => {
        const reason = `the engine ${engine} can't run the network: ${messageOf(cause)}; choose another, or auto`;
        throw new BioWeftError("MODEL", reason, { cause });
      });
      const outputs: Partial<Record<Output, Float32Array>> = {};
      for (const name of Object.keys(part.outputs) as Output[]) {
        outputs[name] = required(given[name], `the network's ${name}`).data as Float32Array;
      }
      return outputs as Record<Output, Float32Array>;
    },
    dispose: () => session.release(),
  };
}

/** What tells an engine of ONNX Runtime from the others. */
interface OnnxEngineParts {
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
    // From a card everything would be fetched and sent back.
    ...(provider === "cpu" && {
      loadPart: (part, parameters) => loadOnnxPart(part, parameters, { engine: name, provider, precision }),
    }),
  };
}
