/**
 * The embedded database: Neo4j Community as a child process on Java, its data below the data folder. Starts it,
 * waits until it answers, starts it again should it die, and stops it. Installs nothing; reads and writes no graph.
 */
import { createServer } from "node:net";
import { resolve } from "node:path";
import { BioWeftError } from "../../core/errors.js";
import type { DatabaseAddress } from "../neo4j/database.js";
import {
  databasePassword,
  type EmbeddedMemory,
  isInitialised,
  makeLayout,
  neo4jClassPath,
  writeNeo4jConf,
} from "./embedded-config.js";
import { isPortTaken } from "./embedded-failure.js";
import { type HomeLock, lockHome } from "./embedded-lock.js";
import { memoryOf } from "./embedded-memory.js";
import { type Neo4jProcess, type Neo4jProgram, setInitialPassword, spawnNeo4j } from "./embedded-process.js";
import { findJava } from "./java.js";
import { KeptProcess } from "./kept-process.js";
import { recoverSwap } from "./store-swap.js";

/** How to start. `home` is the data folder; the database lives in `<home>/neo4j`. */
interface EmbeddedOptions {
  readonly home: string;
  /** As much as its store needs by default. */
  readonly memory?: EmbeddedMemory;
}

/** A running embedded server. */
interface EmbeddedServer extends DatabaseAddress {
  /** The number of its process, which is another after it died and was started again. */
  readonly pid: number;
  /** Stops the server and frees the data folder. May be called again. */
  stop(): Promise<void>;
}

const USER = "neo4j";
/** How long the server may take to answer. */
const START_TIMEOUT_MILLIS = 120_000;
/** How long it may take to stop before it is killed. */
const STOP_GRACE_MILLIS = 20_000;
const PORT_ATTEMPTS = 3;

/**
 * Starts the database of a data folder and waits until it answers. Throws LOCKED (another BioWeft has the
 * folder), MISSING_DEPENDENCY (Java or the jars), DATABASE (it died, with its last words), TIMEOUT or CONFIG.
 */
export async function startEmbeddedNeo4j(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { command } = await findJava();
  const program = { java: command, classPath: neo4jClassPath(), layout: makeLayout(resolve(options.home)) };
  const lock = await lockHome(program.layout.folder);
  try {
    recoverSwap(program.layout.folder);
    const { address, server } = await startOnFreePort(program, lock, options);
    const kept = new KeptProcess(server, async (spawned) => {
      await spawnReady({ program, lock, options }, address, spawned);
    });
    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopping ??= kept.stop(STOP_GRACE_MILLIS).finally(() => lock.release());
      return stopping;
    };
    return {
      ...address,
      get pid() {
        return kept.pid;
      },
      stop,
    };
  } catch (fault) {
    lock.release();
    throw fault;
  }
}

/** A free port may be taken by somebody else before Java binds it: then the next one is tried. */
async function startOnFreePort(
  program: Neo4jProgram,
  lock: HomeLock,
  options: EmbeddedOptions,
): Promise<{ address: DatabaseAddress; server: Neo4jProcess }> {
  const password = databasePassword(program.layout);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    writeNeo4jConf(program.layout, port, options.memory ?? memoryOf(program.layout));
    if (!isInitialised(program.layout)) await setInitialPassword(program, password);
    const address = { uri: `bolt://127.0.0.1:${port}`, user: USER, password };
    try {
      return { address, server: await spawnReady({ program, lock, options }, address) };
    } catch (fault) {
      if (attempt === PORT_ATTEMPTS || !isPortTaken(fault)) throw fault;
    }
  }
}

/** What a start works with. */
interface StartParts {
  readonly program: Neo4jProgram;
  readonly lock: HomeLock;
  readonly options: EmbeddedOptions;
}

/** Spawns the process by the files that are written, and waits until it answers; leaves nothing running when it throws. */
async function spawnReady(
  { program, lock, options }: StartParts,
  address: DatabaseAddress,
  spawned: (server: Neo4jProcess) => void = () => undefined,
): Promise<Neo4jProcess> {
  const server = await spawnNeo4j(program, (options.memory ?? memoryOf(program.layout)).heapMebibytes);
  spawned(server);
  try {
    lock.recordServer(server.pid);
    await server.ready(address, START_TIMEOUT_MILLIS);
    return server;
  } catch (fault) {
    await server.stop(STOP_GRACE_MILLIS);
    throw fault;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause) =>
      reject(new BioWeftError("DATABASE", "no free port on 127.0.0.1 for the database", { cause })),
    );
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
