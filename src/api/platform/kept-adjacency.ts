/**
 * The one adjacency that the server keeps: read from its file at the start, brought up to date by what changed since, built anew
 * only where the changes are not on record. Asks the graph for its version first, so an answer never comes from an older graph
 * than the question; whoever still searches the old one is not disturbed.
 */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { log } from "../../core/log.js";
import type { Adjacency } from "../../discovery/adjacency/adjacency.js";
import { writeAdjacency } from "../../discovery/adjacency/adjacency-file.js";
import { AdjacencyThread } from "../../discovery/adjacency-thread.js";
import type { Database } from "../../graph/neo4j/database.js";
import { adjacencyChanges, readAdjacency } from "../../graph/read/read-adjacency.js";
import { readGraphIdentity, readGraphVersion } from "../../graph/read/read-stats.js";

/** An adjacency of a version of the graph, or on its way. */
interface Kept {
  readonly version: number;
  readonly adjacency: Promise<Adjacency>;
}

/** The adjacency of now. */
interface CurrentAdjacency {
  readonly version: number;
  /** Which graph it is, and its version. */
  readonly graph: string;
  readonly adjacency: Adjacency;
}

/** Keeps the adjacency of one database. */
export class KeptAdjacency {
  readonly #database: Database;
  readonly #file: string | undefined;
  readonly #thread = new AdjacencyThread();
  #kept: Kept | undefined;
  #savedVersion: number | undefined;
  #identity: string | undefined;
  #saving: Promise<void> = Promise.resolve();

  /** `file` is where it is kept between two starts. */
  constructor(database: Database, file?: string) {
    this.#database = database;
    this.#file = file;
  }

  /** The graph's adjacency now. Questions that come together share one update. */
  async now(): Promise<Adjacency> {
    return (await this.current()).adjacency;
  }

  /** The same, with its version. */
  async current(): Promise<CurrentAdjacency> {
    const version = await this.#version();
    if (this.#kept?.version !== version) {
      const kept = { version, adjacency: this.#bring(this.#kept, version) };
      this.#kept = kept;
      kept.adjacency.catch(() => {
        if (this.#kept === kept) this.#kept = undefined;
      });
    }
    const adjacency = await this.#kept.adjacency;
    return { version, graph: `${this.#identity}@${version}`, adjacency };
  }

  /** The graph's version; a later one that another question brought meanwhile is as good. */
  async #version(): Promise<number> {
    const version = Number(await readGraphVersion(this.#database));
    if (this.#kept === undefined || this.#kept.version <= version) return version;
    // Read before another question's, or the graph began anew: asking again tells.
    return Number(await readGraphVersion(this.#database));
  }

  /** Begins to read or build it; whoever asks later hears of what goes wrong. */
  warm(): void {
    this.now().catch((fault: unknown) => {
      log("warn", "discovery's copy of the graph could not be made ready", { reason: messageOf(fault) });
    });
  }

  /** Writes it to its file where the file is older. A file that cannot be written is logged: it is built again. */
  save(): Promise<void> {
    // One after the other: what is saved in the background may not be done when the server ends.
    this.#saving = this.#saving.then(() => this.#write());
    return this.#saving;
  }

  /** Saves it and ends the thread that made it. */
  async dispose(): Promise<void> {
    await this.save();
    await this.#thread.dispose();
  }

  async #write(): Promise<void> {
    const [file, kept] = [this.#file, this.#kept];
    if (file === undefined || kept === undefined || kept.version === this.#savedVersion) return;
    try {
      const adjacency = await kept.adjacency;
      if (this.#identity === undefined) return;
      await mkdir(dirname(file), { recursive: true });
      await writeAdjacency(file, { graph: `${this.#identity}@${kept.version}`, adjacency });
      this.#savedVersion = kept.version;
    } catch (fault) {
      log("warn", "discovery's copy of the graph was not saved", { reason: messageOf(fault) });
    }
  }

  async #bring(previous: Kept | undefined, version: number): Promise<Adjacency> {
    const old = await this.#previous(previous);
    const identity = await readGraphIdentity(this.#database);
    // A graph that began anew counts its versions from 0 again.
    const isSame = this.#identity !== undefined && this.#identity === identity;
    this.#identity = identity;
    if (old !== undefined && isSame && !isBloated(old.adjacency)) {
      if (old.version === version) return old.adjacency;
      const changes = await adjacencyChanges(this.#database, old.version, version);
      if (changes !== undefined) return this.#thread.delta(old.adjacency, changes);
    }
    const adjacency = await this.#thread.build(() => readAdjacency(this.#database));
    // Saved behind whoever waits for it: a start after a crash is to be quick too.
    setImmediate(() => void this.save());
    return adjacency;
  }

  /** What is kept, else what the file has of this graph. */
  async #previous(kept: Kept | undefined): Promise<{ version: number; adjacency: Adjacency } | undefined> {
    if (kept !== undefined) {
      // One that could not be made is made anew, from the whole graph.
      return kept.adjacency.then(
        (adjacency) => ({ version: kept.version, adjacency }),
        () => undefined,
      );
    }
    if (this.#file === undefined) return undefined;
    try {
      const { graph, adjacency } = await this.#thread.load(this.#file);
      const version = Number(graph.slice(graph.lastIndexOf("@") + 1));
      this.#identity = graph.slice(0, graph.lastIndexOf("@"));
      this.#savedVersion = version;
      return { version, adjacency };
    } catch (fault) {
      // The first start has no file, and one of an older layout is of no use: both are built.
      const isAbsent = fault instanceof BioWeftError && fault.code === "NOT_FOUND";
      if (!isAbsent)
        log("warn", "discovery's copy of the graph is built again", { reason: messageOf(fault) });
      return undefined;
    }
  }
}

/** Whether deltas left more unused rows behind than there are used ones. */
function isBloated({ edgesUsed, relations }: Adjacency): boolean {
  return edgesUsed > 4 * relations + 100_000;
}
