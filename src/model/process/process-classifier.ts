/**
 * A classifier that computes in a process of its own, behind the interface of one that computes here: nothing of it
 * holds up the thread that answers, what breaks there breaks alone, and the next asking starts another. Single documents
 * go one after the other and before the documents of streams; who calls one off hears so at once, and what the process
 * computes for it runs out behind the caller's back, as ending the process would cost all others their answers.
 */
import { setTimeout } from "node:timers/promises";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type {
  Asking,
  DocumentPredictions,
  ModelInfo,
  Prediction,
  RelationClassifier,
} from "../../core/prediction.js";
import { workQueue } from "../../core/turns/work-queue.js";
import { ClassifierProcess } from "./classifier-process.js";
import { DocumentStream } from "./document-stream.js";
import { calledOff, fromSentFault } from "./protocol.js";

/** What was called off and still computes so long after is stuck, and its process is ended. */
const STUCK_MILLIS = 10_000;

/** A classifier in a process, with what only tests look at. */
export interface ProcessClassifier extends RelationClassifier {
  /** The id of its process, while it has one. */
  readonly pid: number | undefined;
}

/** Starts the process and loads the model there; throws what loading throws. Dispose it: that ends the process. */
export async function startProcessClassifier(program: string, model: unknown): Promise<ProcessClassifier> {
  const start = () => ClassifierProcess.start(program, model);
  return new InProcess(start, await start());
}

class InProcess implements ProcessClassifier {
  readonly info: ModelInfo;
  readonly #start: () => Promise<ClassifierProcess>;
  readonly #queue = workQueue(1);
  #process: Promise<ClassifierProcess>;
  #latest: ClassifierProcess;
  #isDisposed = false;

  constructor(start: () => Promise<ClassifierProcess>, first: ClassifierProcess) {
    this.#start = start;
    this.info = first.info;
    this.#process = Promise.resolve(first);
    this.#latest = first;
  }

  get pid(): number | undefined {
    return this.#latest.isAlive ? this.#latest.pid : undefined;
  }

  predict(document: Document, asking: Asking = {}): Promise<DocumentPredictions> {
    const { signal } = asking;
    return new Promise((resolve, reject) => {
      const callOff = () => reject(calledOff(document));
      if (signal?.aborted === true) return callOff();
      signal?.addEventListener("abort", callOff, { once: true });
      // The queue goes on when the process has done with the document, the caller as soon as it calls it off.
      void this.#queue
        .add(() => this.#ask(document, asking), asking)
        .then(resolve, reject)
        .finally(() => signal?.removeEventListener("abort", callOff));
    });
  }

  async *predictAll(
    documents: AsyncIterable<Document> | Iterable<Document>,
    asking: Asking = {},
  ): AsyncGenerator<DocumentPredictions> {
    const stream = new DocumentStream(await this.#alive(), documents, {
      asking,
      // Between two documents of a stream, single ones that wait go first.
      turn: () => this.#queue.idle(),
    });
    try {
      for (;;) {
        const answer = await stream.next();
        if (answer === undefined) return;
        yield answer;
      }
    } finally {
      await stream.close();
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#process.then(
      (process) => process.kill(),
      () => undefined,
    );
  }

  /** The process, or the next one where it has ended. */
  async #alive(): Promise<ClassifierProcess> {
    const known = this.#process;
    const process = await known.catch(() => undefined);
    if (this.#isDisposed) throw new BioWeftError("MODEL", "the classifier was closed");
    if (process?.isAlive === true) return process;
    // Of those that saw the same end, who came first starts the next; the others wait for that one.
    if (this.#process === known) this.#process = this.#start();
    this.#latest = await this.#process;
    return this.#latest;
  }

  async #ask(document: Document, asking: Asking): Promise<DocumentPredictions> {
    const process = await this.#alive();
    return new Promise((resolve, reject) => {
      const predictions: Prediction[] = [];
      let outcome: () => void = () => reject(new BioWeftError("MODEL", "the classifier gave no answer"));
      const stuck = new AbortController();
      const number = process.open((said) => {
        if (said.kind === "progress") asking.onProgress?.(said.scored, said.pairs);
        else if (said.kind === "predictions") predictions.push(...said.predictions);
        else if (said.kind === "answer") {
          predictions.push(...said.answer.predictions);
          outcome = () => resolve({ ...said.answer, document, predictions });
        } else if (said.kind === "fault") outcome = () => reject(fromSentFault(said.fault));
        else if (said.kind === "end") {
          asking.signal?.removeEventListener("abort", callOff);
          stuck.abort();
          outcome();
        }
      });
      const callOff = () => {
        process.say({ kind: "cancel", asking: number });
        void endIfStuck(process, stuck.signal);
      };
      asking.signal?.addEventListener("abort", callOff, { once: true });
      process.say({ kind: "predict", asking: number, document, priority: asking.priority ?? 0 });
      if (asking.signal?.aborted === true) callOff();
    });
  }
}

async function endIfStuck(process: ClassifierProcess, ended: AbortSignal): Promise<void> {
  const waited = setTimeout(STUCK_MILLIS, "stuck", { signal: ended, ref: false });
  if ((await waited.catch(() => "ended")) === "stuck") await process.kill();
}
