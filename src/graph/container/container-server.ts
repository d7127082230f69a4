/**
 * Neo4j Community in a container, driven by testcontainers, which is loaded only here and only when asked: the same Bolt
 * and the same migrations as the embedded one. The data of a data folder lie in a volume of the engine and outlive the
 * container, which is removed when it stops, or by testcontainers' own reaper where this process is killed.
 */
import { setEngineHost } from "../../core/config.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { lockHome } from "../embedded/embedded-lock.js";
import type { DatabaseAddress } from "../neo4j/database.js";
import { requireContainerEngine } from "./container-engine.js";
import {
  CONTAINER_USER,
  type ContainerRecord,
  containerFolder,
  newRecord,
  readRecord,
  writeRecord,
} from "./container-record.js";

/** A running server in a container. */
interface ContainerServer extends DatabaseAddress {
  /** Stops and removes the container. May be called again. */
  stop(): Promise<void>;
}

/** The release that the embedded database is of, the newest of its corrections. */
const IMAGE = "neo4j:5.26-community";
/** Neo4j ends its checkpoint in this time; a kill would make the next start recover. */
const STOP_GRACE_MILLIS = 20_000;
/** As the embedded database is set: little memory, deadlines noticed soon, nothing sent home. */
const SETTINGS = {
  NEO4J_server_memory_heap_max__size: "512m",
  NEO4J_server_memory_pagecache_size: "128m",
  NEO4J_db_transaction_monitor_check_interval: "250ms",
  NEO4J_dbms_usage__report_enabled: "false",
};

/**
 * Starts a database in a container: that of a data folder, or without one a new one whose data go with it. Throws
 * MISSING_DEPENDENCY (no engine, no testcontainers), LOCKED (another BioWeft has the folder), DATABASE or CONFIG.
 */
export async function startContainerNeo4j(options: { readonly home?: string }): Promise<ContainerServer> {
  const { host } = await requireContainerEngine();
  const { home } = options;
  if (home === undefined) return runContainer(host, newRecord(), []);
  const lock = await lockHome(containerFolder(home));
  try {
    const record = readRecord(home) ?? newRecord();
    // Before the start: a volume whose password nobody knows would be lost.
    writeRecord(home, record);
    const server = await runContainer(host, record, [{ source: record.volume, target: "/data" }]);
    writeRecord(home, { ...record, uri: server.uri });
    return { ...server, stop: () => server.stop().finally(() => lock.release()) };
  } catch (fault) {
    lock.release();
    throw fault;
  }
}

async function runContainer(
  host: string,
  { password }: ContainerRecord,
  mounts: { readonly source: string; readonly target: string }[],
): Promise<ContainerServer> {
  setEngineHost(host);
  const { Neo4jContainer } = await loadTestcontainers();
  const container = new Neo4jContainer(IMAGE)
    .withPassword(password)
    .withEnvironment(SETTINGS)
    .withBindMounts(mounts);
  const started = await container.start().catch((cause: unknown) => {
    const reason = `the engine at ${host} did not start ${IMAGE} (${messageOf(cause)}); see whether it can fetch and run that image, or set BIOWEFT_DATABASE to embedded`;
    throw new BioWeftError("DATABASE", reason, { cause });
  });
  let stopping: Promise<unknown> | undefined;
  return {
    uri: `bolt://${started.getHost()}:${started.getMappedPort(BOLT_PORT)}`,
    user: CONTAINER_USER,
    password,
    stop: async () => {
      // The unnamed volumes go with the container; a data folder's volume has a name.
      stopping ??= started.stop({ timeout: STOP_GRACE_MILLIS, removeVolumes: true });
      await stopping;
    },
  };
}

const BOLT_PORT = 7687;

async function loadTestcontainers(): Promise<typeof import("@testcontainers/neo4j")> {
  try {
    return await import("@testcontainers/neo4j");
  } catch (cause) {
    const reason = "the package @testcontainers/neo4j is not installed; run `npm install --ignore-scripts`";
    throw new BioWeftError("MISSING_DEPENDENCY", reason, { cause });
  }
}
