/**
 * What doctor finds of the database: the server that NEO4J_URI names, or what the embedded one needs.
 */
import { existsSync } from "node:fs";
import type { Config } from "../../core/config.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { embeddedAddress } from "../../graph/embedded/embedded-address.js";
import { NEO4J_LIB } from "../../graph/embedded/embedded-config.js";
import { type DatabaseAddress, openDatabase } from "../../graph/neo4j/database.js";
import { readServerVersion } from "../../graph/neo4j/read-server-version.js";
import { type Finding, javaFindings } from "./machine.js";

/** The named server; or Java, Maven, the jars, and whether the embedded server runs at the moment. */
export async function databaseFindings(config: Config): Promise<Finding[]> {
  if (config.neo4j !== undefined) return [await namedServer(config.neo4j)];
  const hasJars = existsSync(NEO4J_LIB);
  return [
    ...javaFindings(hasJars),
    {
      name: "Neo4j",
      ok: hasJars,
      found: hasJars ? `jars in ${NEO4J_LIB}` : "missing",
      ...(hasJars ? {} : { cure: "node scripts/setup.mjs start" }),
    },
    await embeddedServer(config.home),
  ];
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

async function embeddedServer(home: string): Promise<Finding> {
  const finding = { name: "embedded server", ok: true, optional: true };
  const address = embeddedAddress(home);
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
