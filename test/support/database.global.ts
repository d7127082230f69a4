/**
 * Starts one Neo4j for all integration tests of a run, new and empty, and stops it at the end: in a container where an
 * engine answers, else embedded in a folder of its own; BIOWEFT_DATABASE says which without looking.
 * BIOWEFT_TEST_NEO4J_URI (with _USER and _PASSWORD) names a server to use instead; its graph is wiped.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { readConfig } from "../../src/core/config.js";
import { findContainerEngine } from "../../src/graph/container/container-engine.js";
import { startContainerNeo4j } from "../../src/graph/container/container-server.js";
import { startEmbeddedNeo4j } from "../../src/graph/embedded/embedded-server.js";
import { type DatabaseAddress, openDatabase } from "../../src/graph/neo4j/database.js";
import { migrate } from "../../src/graph/neo4j/migrations.js";

declare module "vitest" {
  export interface ProvidedContext {
    neo4j: DatabaseAddress;
  }
}

/** Vitest's global set-up of the integration project; gives the teardown. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, stop } = await startServer();
  try {
    const database = await openDatabase(address);
    await migrate(database);
    await database.close();
  } catch (fault) {
    await stop();
    throw fault;
  }
  project.provide("neo4j", address);
  return stop;
}

async function startServer(): Promise<Server> {
  const uri = process.env["BIOWEFT_TEST_NEO4J_URI"];
  if (uri !== undefined && uri !== "") {
    const user = process.env["BIOWEFT_TEST_NEO4J_USER"] ?? "neo4j";
    const password = process.env["BIOWEFT_TEST_NEO4J_PASSWORD"] ?? "";
    return { address: { uri, user, password }, stop: async () => undefined };
  }
  const kind =
    readConfig().database ?? ((await findContainerEngine()) === undefined ? "embedded" : "container");
  process.stderr.write(
    `integration tests share a Neo4j that is ${kind === "container" ? "in a container" : kind}\n`,
  );
  return kind === "container" ? containerServer() : embeddedServer();
}

interface Server {
  readonly address: DatabaseAddress;
  stop(): Promise<void>;
}

async function containerServer(): Promise<Server> {
  const { stop, ...address } = await startContainerNeo4j({});
  return { address, stop };
}

async function embeddedServer(): Promise<Server> {
  const home = mkdtempSync(join(tmpdir(), "bioweft-test-"));
  const server = await startEmbeddedNeo4j({ home });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { address: { uri: server.uri, user: server.user, password: server.password }, stop };
}
