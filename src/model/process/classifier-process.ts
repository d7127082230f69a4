/**
 * A classifier's process as the asking one holds it: started, loaded, spoken to by number, and seen to end. What it is
 * asked for stands in process-classifier.ts.
 */
import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import type { ModelInfo } from "../../core/prediction.js";
import { type FromClassifier, fromSentFault, type ToClassifier } from "./protocol.js";

/** What is said of one asking, its faults and end included. */
export type Listener = (said: Exclude<FromClassifier, { readonly kind: "loaded" | "not-loaded" }>) => void;

/** A process whose model is loaded. */
export class ClassifierProcess {
  readonly info: ModelInfo;
  readonly #child: ChildProcess;
  readonly #listeners = new Map<number, Listener>();
  #asked = 0;

  /**
   * Starts the program in a file beside the caller's, in the caller's form (source or compiled), and has it load a
   * model. Throws what loading throws there, and MODEL where the process ends before.
   */
  static async start(program: string, model: unknown): Promise<ClassifierProcess> {
    const child = fork(program, [], {
      cwd: PACKAGE_ROOT,
      serialization: "advanced",
      // A source file is read by the loader that reads this one; nothing else of how we run is the program's.
      execArgv: extname(program) === ".ts" ? ["--import", "tsx"] : [],
      // Its stdout is no data of ours.
      stdio: ["ignore", 2, 2, "ipc"],
    });
    try {
      return new ClassifierProcess(child, await loaded(child, model));
    } catch (fault) {
      child.kill("SIGKILL");
      throw fault;
    }
  }

  private constructor(child: ChildProcess, info: ModelInfo) {
    this.#child = child;
    this.info = info;
    child.on("message", (said: FromClassifier) => {
      if (said.kind !== "loaded" && said.kind !== "not-loaded") this.#hear(said);
    });
    child.once("exit", (code, signal) => this.#died(ended(code, signal)));
    // Sending to a process that has just died: its exit tells.
    child.on("error", () => undefined);
  }

  /** Whether it can be asked. */
  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected;
  }

  /** Its process id, for tests that end it. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** A new asking: its number. `listener` hears all of it; the last is `end`, whatever happens. */
  open(listener: Listener): number {
    this.#asked += 1;
    this.#listeners.set(this.#asked, listener);
    return this.#asked;
  }

  /** Says something; lost where the process has ended, which listeners hear of. */
  say(message: ToClassifier): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Ends it at once, in the middle of whatever it computes, and resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await gone;
  }

  #hear(said: Parameters<Listener>[0]): void {
    const listener = this.#listeners.get(said.asking);
    if (said.kind === "end") this.#listeners.delete(said.asking);
    listener?.(said);
  }

  #died(fault: BioWeftError): void {
    for (const asking of [...this.#listeners.keys()]) {
      this.#hear({ kind: "fault", asking, fault });
      this.#hear({ kind: "end", asking });
    }
  }
}

/** Tells a fresh process its model and waits for what comes of it. */
async function loaded(child: ChildProcess, model: unknown): Promise<ModelInfo> {
  return new Promise((resolve, reject) => {
    child.once("message", (said: FromClassifier) => {
      if (said.kind === "loaded") resolve(said.info);
      else if (said.kind === "not-loaded") reject(fromSentFault(said.fault));
    });
    child.once("exit", (code, signal) => reject(ended(code, signal)));
    child.once("error", (cause) =>
      reject(new BioWeftError("MODEL", "the classifier's process can't be started", { cause })),
    );
    const load: ToClassifier = { kind: "load", model };
    child.send(load, () => undefined);
  });
}

function ended(code: number | null, signal: NodeJS.Signals | null): BioWeftError {
  const how = signal === null ? `with status ${code}` : `by ${signal}`;
  const reason = `the classifier's process was ended ${how}, perhaps for want of memory; ask again, and another is started`;
  return new BioWeftError("MODEL", reason, { retryable: true });
}
