/**
 * The classifier's side of the channel: loads the model that it is told, answers what it is asked, and ends when whoever
 * started it is gone. Knows no model; the program that calls it does.
 */
import { constants, setPriority } from "node:os";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { Asking, DocumentPredictions, RelationClassifier } from "../../core/prediction.js";
import { calledOff, type FromClassifier, type ToClassifier, toSentFault } from "./protocol.js";

/** Predictions a message: so many are read by the asking process in a few milliseconds. */
const PREDICTIONS_A_MESSAGE = 200;
/** Progress is told so often, where so much of a document's pairs was scored since it was told, and at the end. */
const PROGRESS_EVERY_MILLIS = 100;
const PROGRESS_EVERY_SHARE = 0.25;

/** Answers until the channel closes. */
export function answerAskings(load: (model: unknown) => Promise<RelationClassifier>): void {
  // The engine fills every core: whoever answers people beside it goes first. Its threads, begun later, inherit this.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const askings = new Map<number, OpenAsking>();
  let classifier: RelationClassifier | undefined;
  const loadModel = async (model: unknown): Promise<void> => {
    try {
      classifier = await load(model);
      send({ kind: "loaded", info: classifier.info });
    } catch (fault) {
      send({ kind: "not-loaded", fault: toSentFault(fault) });
    }
  };
  const open = (
    { asking, priority = 0 }: { asking: number; priority?: number },
    work: (opened: OpenAsking, loaded: RelationClassifier) => Promise<void>,
  ) => {
    const opened = new OpenAsking(asking, priority);
    askings.set(asking, opened);
    const loaded = classifier;
    const done = loaded === undefined ? Promise.reject(notLoaded()) : work(opened, loaded);
    void done
      .catch((fault: unknown) => send({ kind: "fault", asking, fault: toSentFault(fault) }))
      .finally(() => {
        askings.delete(asking);
        send({ kind: "end", asking });
      });
  };
  process.on("message", (message: ToClassifier) => {
    switch (message.kind) {
      case "load":
        return void loadModel(message.model);
      case "predict":
        return open(message, async (opened, loaded) =>
          sendAnswer(message.asking, await loaded.predict(message.document, opened.asking)),
        );
      case "predict-all":
        return open(message, answerStream);
      default:
        askings.get(message.asking)?.hear(message);
    }
  });
  // Ctrl-C in a terminal reaches this process too: it is the asking one that says when to end.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
  process.on("disconnect", () => process.exit());
}

/** A stream's answers, each when it is asked for. */
async function answerStream(opened: OpenAsking, classifier: RelationClassifier): Promise<void> {
  const answers = classifier.predictAll(opened.documents(), opened.asking);
  try {
    for (;;) {
      await opened.next();
      const { done, value } = await answers.next();
      if (done === true) return;
      sendAnswer(opened.number, value);
    }
  } finally {
    await answers.return(undefined);
  }
}

/** What the other side may still say of an asking: more documents, another answer, or enough. */
class OpenAsking {
  readonly number: number;
  readonly asking: Asking;
  readonly #stop = new AbortController();
  readonly #documents = new Mailbox<Document | "no-more" | "failed">();
  readonly #nexts = new Mailbox<"next">();
  #told = { atMillis: 0, scored: 0 };

  constructor(number: number, priority: number) {
    this.number = number;
    this.asking = {
      signal: this.#stop.signal,
      priority,
      onProgress: (scored, pairs) => {
        const isSoon = Date.now() - this.#told.atMillis < PROGRESS_EVERY_MILLIS;
        const isLittle = scored - this.#told.scored < pairs * PROGRESS_EVERY_SHARE;
        if (scored < pairs && isSoon && isLittle) return;
        this.#told = { atMillis: Date.now(), scored };
        send({ kind: "progress", asking: number, scored, pairs });
      },
    };
  }

  hear(message: ToClassifier): void {
    if (message.kind === "document") this.#documents.put(message.document);
    else if (message.kind === "no-more") this.#documents.put(message.failed ? "failed" : "no-more");
    else if (message.kind === "next") this.#nexts.put("next");
    else if (message.kind === "cancel") this.#cancel();
  }

  async next(): Promise<void> {
    await this.#nexts.take();
    if (this.#stop.signal.aborted) throw calledOff();
  }

  async *documents(): AsyncGenerator<Document> {
    for (;;) {
      send({ kind: "want", asking: this.number });
      const document = await this.#documents.take();
      if (document === "no-more") return;
      // Why it failed the other side knows, and says there.
      if (document === "failed") throw new BioWeftError("INTERNAL", "the stream of documents failed");
      yield document;
    }
  }

  #cancel(): void {
    this.#stop.abort();
    // Whoever waits for the other side waits in vain now.
    this.#documents.put("no-more");
    this.#nexts.put("next");
  }
}

/** What has come and was not taken yet, or who waits for it. */
class Mailbox<T> {
  readonly #letters: T[] = [];
  #waiting: ((letter: T) => void) | undefined;

  put(letter: T): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#letters.push(letter);
    else waiting(letter);
  }

  take(): Promise<T> {
    const letter = this.#letters.shift();
    if (letter !== undefined) return Promise.resolve(letter);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}

function sendAnswer(asking: number, { document: _, predictions, ...answer }: DocumentPredictions): void {
  let sent = 0;
  for (; predictions.length - sent > PREDICTIONS_A_MESSAGE; sent += PREDICTIONS_A_MESSAGE) {
    const some = predictions.slice(sent, sent + PREDICTIONS_A_MESSAGE);
    send({ kind: "predictions", asking, predictions: some });
  }
  send({ kind: "answer", asking, answer: { ...answer, predictions: predictions.slice(sent) } });
}

function send(message: FromClassifier): void {
  // Nobody is there to hear it once the channel is closed; this process ends then.
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
}

function notLoaded(): BioWeftError {
  return new BioWeftError("MODEL", "the model is not loaded");
}
