/**
 * Asks the saved questions again when the graph has changed, keeps the answers in the graph, and tells whoever follows a question
 * what moved. Looks at the graph's version every few seconds, and only where a question is saved or followed. Of several servers
 * each tells its own followers.
 */
import { randomUUID } from "node:crypto";
import { EventEmitter, on } from "node:events";
import { messageOf } from "../../core/errors.js";
import { log } from "../../core/log.js";
import {
  type StandingAnswer,
  type StandingChange,
  type StandingQuestion,
  standingChange,
} from "../../core/standing-question.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readStandingQuestions, type SavedQuestion } from "../../graph/read/read-standing-questions.js";
import { readGraphVersion } from "../../graph/read/read-stats.js";
import {
  removeStandingQuestion,
  writeStandingAnswer,
  writeStandingQuestion,
} from "../../graph/write/write-standing-questions.js";
import type { DiscoverySearch } from "./discovery-search.js";

/** Between two looks at the graph's version. */
const LOOK_MILLIS = 2_000;

/** The saved questions of one graph. */
export class StandingQuestions {
  readonly #database: Database;
  readonly #discovery: DiscoverySearch;
  readonly #changes = new EventEmitter();
  /** What this server's followers were told last. */
  readonly #answers = new Map<string, StandingAnswer>();
  #timer: NodeJS.Timeout | undefined;
  #isEnded = false;
  #looking: Promise<void> = Promise.resolve();
  #askedVersion: number | undefined;

  constructor(database: Database, discovery: DiscoverySearch) {
    this.#database = database;
    this.#discovery = discovery;
    // A question may have many followers.
    this.#changes.setMaxListeners(0);
  }

  /** Begins to watch where a question is saved already. */
  async begin(): Promise<void> {
    if ((await this.all()).length > 0) this.#watch();
  }

  /** All saved questions with their last answers. */
  all(): Promise<SavedQuestion[]> {
    return readStandingQuestions(this.#database);
  }

  /** Saves a question and answers it for the first time. */
  async save(asked: Omit<StandingQuestion, "id" | "savedAtMillis">): Promise<Required<SavedQuestion>> {
    const question = { ...asked, id: randomUUID(), savedAtMillis: Date.now() };
    await writeStandingQuestion(this.#database, question);
    const answer = await this.#discovery.standing(question, undefined);
    this.#answers.set(question.id, answer);
    await writeStandingAnswer(this.#database, question.id, answer);
    this.#watch();
    return { question, answer };
  }

  /** Forgets a question; false where there was none. */
  remove(id: string): Promise<boolean> {
    this.#answers.delete(id);
    return removeStandingQuestion(this.#database, id);
  }

  /** What changes from now on in the answer to a question. */
  changes(id: string): AsyncIterableIterator<StandingChange> {
    this.#watch();
    // `on` of Node and not a generator: it ends at once when nobody listens any more, not at the next event.
    const events = on(this.#changes, id);
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        const { value, done } = await events.next();
        return done === true ? { value: undefined, done } : { value: value[0], done: false };
      },
      return: async () => {
        await events.return?.();
        return { value: undefined, done: true };
      },
    };
  }

  /** Stops watching; the question that is being asked is waited for. */
  async dispose(): Promise<void> {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #watch(): void {
    if (this.#timer !== undefined || this.#isEnded) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => {
        this.#timer = undefined;
        this.#watch();
      });
    }, LOOK_MILLIS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      const version = Number(await readGraphVersion(this.#database));
      if (version === this.#askedVersion) return;
      for (const saved of await this.all()) {
        if (this.#isEnded) return;
        await this.#askAgain(saved);
      }
      this.#askedVersion = version;
    } catch (fault) {
      log("warn", "saved questions could not be asked again; they are, in a while", {
        reason: messageOf(fault),
      });
    }
  }

  async #askAgain({ question, answer }: SavedQuestion): Promise<void> {
    const before = this.#answers.get(question.id) ?? answer;
    const after = await this.#discovery.standing(question, before);
    this.#answers.set(question.id, after);
    if (before?.version === after.version) return;
    await writeStandingAnswer(this.#database, question.id, after);
    const change = before === undefined ? undefined : standingChange(question.id, before, after);
    if (change !== undefined) this.#changes.emit(question.id, change);
  }
}
