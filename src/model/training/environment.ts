/** On what a run ran: enough to know why another machine gives other figures or speeds. */
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import type { Tf } from "../ops/tfjs-ops.js";

/** Versions and machine of a run. */
interface TrainingEnvironment {
  readonly node: string;
  readonly tfjs: string;
  readonly backend: string;
  readonly system: string;
  readonly cpu: string;
  /** Threads that may run at once. */
  readonly threads: number;
  readonly memoryGigabytes: number;
}

/** This process's. */
export function trainingEnvironment(tf: Tf): TrainingEnvironment {
  return {
    node: process.version,
    tfjs: tf.version.tfjs ?? tf.version["tfjs-core"] ?? "unknown",
    backend: tf.getBackend(),
    system: `${platform()} ${release()}`,
    cpu: cpus()[0]?.model ?? "unknown",
    threads: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  };
}
