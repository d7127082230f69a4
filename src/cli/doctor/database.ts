/**
 * What doctor finds of the database: which would be used, the server that NEO4J_URI names, what the embedded one needs,
 * and whether a container engine answers.
 */
import { existsSync } from "node:fs";
import type { Config } from "../../core/config.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { findContainerEngine, requireContainerEngine } from "../../graph/container/container-engine.js";
import { containerAddress } from "../../graph/container/container-record.js";
import { embeddedAddress } from "../../graph/embedded/embedded-address.js";
import { NEO4J_LIB } from "../../graph/embedded/embedded-config.js";
import { type DatabaseAddress, openDatabase } from "../../graph/neo4j/database.js";
import { readServerVersion } from "../../graph/neo4j/read-server-version.js";
import { type Finding, javaFindings } from "./machine.js";

/** Which database would be used, and what it needs; an engine that only could be used is told too. */
export async function databaseFindings(config: Config): Promise<Finding[]> {
  if (config.neo4j !== undefined)
    return [used("the server that NEO4J_URI names"), await namedServer(config.neo4j)];
  if (config.database === "container") {
    return [
      used("Neo4j in a container (BIOWEFT_DATABASE)"),
      await neededEngine(),
      await localServer("container", config.home, containerAddress(config.home)),
    ];
  }
  const hasJars = existsSync(NEO4J_LIB);
  return [
    used(`the embedded Neo4j (BIOWEFT_DATABASE ${config.database === undefined ? "unset" : "says so"})`),
    ...javaFindings(hasJars),
    {
      name: "Neo4j",
      ok: hasJars,
      found: hasJars ? `jars in ${NEO4J_LIB}` : "missing",
      ...(hasJars ? {} : { cure: "node scripts/setup.mjs start" }),
    },
    await localServer("embedded server", config.home, embeddedAddress(config.home)),
    await optionalEngine(),
  ];
}

function used(found: string): Finding {
  return { name: "database", ok: true, found };
}

async function neededEngine(): Promise<Finding> {
  const name = "container engine";
  try {
    const { host, version } = await requireContainerEngine();
    return { name, ok: true, found: `${version} at ${host}` };
  } catch (fault) {
    const cure = "start Docker or Podman, or set BIOWEFT_DATABASE to embedded";
    return { name, ok: false, found: messageOf(fault), cure };
  }
}

async function optionalEngine(): Promise<Finding> {
  const engine = await findContainerEngine();
  const found =
    engine === undefined
      ? "none answers"
      : `${engine.version} at ${engine.host}; BIOWEFT_DATABASE=container would use it`;
  return { name: "container engine", ok: engine !== undefined, optional: true, found };
}

async function namedServer(address: DatabaseAddress): Promise<Finding> {
  try {
    return { name: "Neo4j", ok: true, found: `${await versionAt(address)} at ${address.uri}` };
  } catch (fault) {
    return {
      name: "Neo4j",
      ok: false,
      found: fault instanceof BioWeftError ? fault.reason : messageOf(fault),
      cure: "check NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD",
    };
  }
}

async function localServer(
  name: string,
  home: string,
  address: DatabaseAddress | undefined,
): Promise<Finding> {
  const finding = { name, ok: true, optional: true };
  if (address === undefined) return { ...finding, found: `no graph yet in ${home}` };
  try {
    return { ...finding, found: `${await versionAt(address)} runs at ${address.uri}` };
  } catch {
    // Not an error: it runs only while a command does.
    return { ...finding, found: `not running; its data is in ${home}` };
  }
}

async function versionAt(address: DatabaseAddress): Promise<string> {
  const database = await openDatabase(address);
  try {
    return await readServerVersion(database);
  } finally {
    await database.close();
  }
}
