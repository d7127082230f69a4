/**
 * Starts one Neo4j for all integration tests of a run, in a folder of its own, and stops it at the end.
 * BIOWEFT_TEST_NEO4J_URI (with _USER and _PASSWORD) names a server to use instead; its graph is wiped.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
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

async function startServer(): Promise<{ address: DatabaseAddress; stop: () => Promise<void> }> {
  const uri = process.env["BIOWEFT_TEST_NEO4J_URI"];
  if (uri !== undefined && uri !== "") {
    const user = process.env["BIOWEFT_TEST_NEO4J_USER"] ?? "neo4j";
    const password = process.env["BIOWEFT_TEST_NEO4J_PASSWORD"] ?? "";
    return { address: { uri, user, password }, stop: async () => undefined };
  }
  const home = mkdtempSync(join(tmpdir(), "bioweft-test-"));
  const server = await startEmbeddedNeo4j({ home });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { address: { uri: server.uri, user: server.user, password: server.password }, stop };
}
