/**
 * A stream of documents through a classifier's process: documents go when the process wants them, answers come when
 * the caller does, in the documents' order and with the caller's own documents in them.
 */
import type { Document } from "../../core/document.js";
import type { Asking, DocumentPredictions, Prediction } from "../../core/prediction.js";
import type { ClassifierProcess, Listener } from "./classifier-process.js";
import { calledOff, fromSentFault } from "./protocol.js";

/** How a stream goes. */
interface StreamOptions {
  readonly asking: Asking;
  /** Resolves when the next document may go. */
  turn(): Promise<void>;
}

/** What `next` waits for. */
interface Waiting {
  resolve(answer: DocumentPredictions | undefined): void;
  reject(fault: unknown): void;
}

/** One stream; close it when done, early or not. */
export class DocumentStream {
  readonly #process: ClassifierProcess;
  readonly #options: StreamOptions;
  readonly #documents: AsyncIterator<Document> | Iterator<Document>;
  readonly #number: number;
  /** Sent, and not answered yet. */
  readonly #sent: Document[] = [];
  #predictions: Prediction[] = [];
  #waiting: Waiting | undefined;
  /** Why there is nothing more: the process's fault, or the stream's own. */
  #fault: unknown;
  #isOver = false;

  constructor(
    process: ClassifierProcess,
    documents: AsyncIterable<Document> | Iterable<Document>,
    options: StreamOptions,
  ) {
    this.#process = process;
    this.#options = options;
    this.#documents =
      Symbol.asyncIterator in documents ? documents[Symbol.asyncIterator]() : documents[Symbol.iterator]();
    this.#number = process.open((said) => this.#hear(said));
    options.asking.signal?.addEventListener("abort", this.#callOff, { once: true });
    process.say({ kind: "predict-all", asking: this.#number });
  }

  /** The next answer; undefined after the last. Throws the stream's fault, the process's, or CANCELLED. */
  next(): Promise<DocumentPredictions | undefined> {
    if (this.#options.asking.signal?.aborted === true) return Promise.reject(calledOff());
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (this.#isOver) this.#end();
      else this.#process.say({ kind: "next", asking: this.#number });
    });
  }

  /** Lets go of the documents and of the process. */
  async close(): Promise<void> {
    this.#options.asking.signal?.removeEventListener("abort", this.#callOff);
    if (!this.#isOver) this.#process.say({ kind: "cancel", asking: this.#number });
    await this.#documents.return?.();
  }

  #hear(said: Parameters<Listener>[0]): void {
    if (said.kind === "want") void this.#send();
    else if (said.kind === "progress") this.#options.asking.onProgress?.(said.scored, said.pairs);
    else if (said.kind === "predictions") this.#predictions.push(...said.predictions);
    else if (said.kind === "answer") {
      const document = this.#sent.shift();
      if (document === undefined) return;
      const predictions = [...this.#predictions, ...said.answer.predictions];
      this.#predictions = [];
      this.#settle()?.resolve({ ...said.answer, document, predictions });
    } else if (said.kind === "fault") this.#fault ??= fromSentFault(said.fault);
    else if (said.kind === "end") this.#end();
  }

  async #send(): Promise<void> {
    const asking = this.#number;
    try {
      const { done, value } = await this.#documents.next();
      if (done === true) return this.#process.say({ kind: "no-more", asking, failed: false });
      await this.#options.turn();
      this.#sent.push(value);
      this.#process.say({ kind: "document", asking, document: value });
    } catch (fault) {
      this.#fault ??= fault;
      this.#process.say({ kind: "no-more", asking, failed: true });
    }
  }

  #end(): void {
    this.#isOver = true;
    const waiting = this.#settle();
    if (this.#fault === undefined) waiting?.resolve(undefined);
    else waiting?.reject(this.#fault);
  }

  readonly #callOff = (): void => {
    this.#process.say({ kind: "cancel", asking: this.#number });
    this.#settle()?.reject(calledOff());
  };

  #settle(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
