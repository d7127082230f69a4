/**
 * Asks the thread that searches: the caller's thread stays free however long a search takes. The graph's arrays are shared, not
 * copied; a newer graph is handed over between two questions. What a deadline cuts short is answered as far as it went.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { BioWeftError, messageOf } from "../core/errors.js";
import { required } from "../core/required.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { sharedAdjacency } from "./adjacency/shared-adjacency.js";
import type {
  SearchAnswer,
  SearchAnswers,
  SearchKind,
  SearchMessage,
  SearchQuestion,
  SearchQuestions,
} from "./search-protocol.js";
import { faultOf } from "./thread-fault.js";

/** How long a search may take and who may call it off. */
interface Asked {
  readonly millis: number;
  readonly signal?: AbortSignal | undefined;
}

/** One searching thread; it starts at the first question. Dispose it when done. */
export class SearchThread {
  #pool: Piscina<SearchMessage, SearchAnswer> | undefined;
  #graph: Adjacency | undefined;
  #isEnded = false;

  /** Open discovery on a graph. */
  open(graph: Adjacency, question: SearchQuestions["open"], asked: Asked) {
    return this.#ask<"open">(graph, { kind: "open", ...question }, asked);
  }

  /** Closed discovery on a graph. */
  closed(graph: Adjacency, question: SearchQuestions["closed"], asked: Asked) {
    return this.#ask<"closed">(graph, { kind: "closed", ...question }, asked);
  }

  /** What the rankers make of a pair. */
  scores(graph: Adjacency, question: SearchQuestions["scores"], asked: Asked) {
    return this.#ask<"scores">(graph, { kind: "scores", ...question }, asked);
  }

  /** Ranked paths on a graph. */
  paths(graph: Adjacency, question: SearchQuestions["paths"], asked: Asked) {
    return this.#ask<"paths">(graph, { kind: "paths", ...question }, asked);
  }

  /** Rankers judged on a time slice: takes long, so ask a thread that nobody else waits for. */
  judge(graph: Adjacency, question: SearchQuestions["judge"], asked: Asked) {
    return this.#ask<"judge">(graph, { kind: "judge", ...question }, asked);
  }

  /** A saved question answered anew. */
  standing(graph: Adjacency, standing: SearchQuestions["standing"]["standing"], asked: Asked) {
    return this.#ask<"standing">(graph, { kind: "standing", standing }, asked);
  }

  /** Ends the thread; questions under way fail with CANCELLED. */
  async dispose(): Promise<void> {
    this.#isEnded = true;
    await this.#pool?.destroy();
    this.#pool = undefined;
  }

  async #ask<Kind extends SearchKind>(
    graph: Adjacency,
    question: SearchQuestion,
    { millis, signal }: Asked,
  ): Promise<SearchAnswers[Kind]> {
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    const cancel = () => Atomics.store(cancelled, 0, 1);
    if (signal?.aborted === true) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      if (this.#graph !== graph) this.#handOver(graph);
      const asked: SearchMessage = { kind: "ask", question, deadline: Date.now() + millis, cancelled };
      let answer = await this.#run(asked);
      if (answer.lacksGraph === true) {
        // A thread that took the place of one that failed knows nothing yet.
        this.#handOver(graph);
        answer = await this.#run(asked);
      }
      // The kind of the answer is that of the question.
      if (answer.found !== undefined) return answer.found as SearchAnswers[Kind];
      throw faultOf(required(answer.fault, "an answer"));
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** Gives the thread a graph before whatever is asked next: one thread takes its messages in turn. */
  #handOver(graph: Adjacency): void {
    this.#graph = graph;
    // Whoever asks next hears of a thread that failed.
    this.#run({ kind: "graph", graph: sharedAdjacency(graph) }).catch(() => undefined);
  }

  async #run(message: SearchMessage): Promise<SearchAnswer> {
    try {
      this.#pool ??= startPool();
      return await this.#pool.run(message);
    } catch (cause) {
      if (this.#isEnded)
        throw new BioWeftError("CANCELLED", "the search was ended with the server", { cause });
      throw new BioWeftError("INTERNAL", `the search ended with a fault: ${messageOf(cause)}`, { cause });
    }
  }
}

function startPool(): Piscina<SearchMessage, SearchAnswer> {
  const own = fileURLToPath(import.meta.url);
  return new Piscina({
    filename: new URL(`worker${extname(own)}`, import.meta.url).href,
    minThreads: 1,
    maxThreads: 1,
    // A source file is read by the loader that reads this one.
    execArgv: extname(own) === ".ts" ? ["--import", "tsx"] : [],
  });
}
