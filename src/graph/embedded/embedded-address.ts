/**
 * Where the embedded database of a data folder answers, for a second program on the same machine: read from the
 * files that its starter wrote. It starts nothing, and does not say whether the database runs.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DatabaseAddress } from "../neo4j/database.js";
import { makeLayout } from "./embedded-config.js";

/** The address by the last start's files; undefined for a data folder without a database. */
export function embeddedAddress(home: string): DatabaseAddress | undefined {
  const { folder, confFolder } = makeLayout(resolve(home));
  const [conf, password] = [join(confFolder, "neo4j.conf"), join(folder, "password")];
  if (!existsSync(conf) || !existsSync(password)) return undefined;
  const listen = /^server\.bolt\.listen_address=(.+)$/m.exec(readFileSync(conf, "utf8"))?.[1];
  if (listen === undefined) return undefined;
  return { uri: `bolt://${listen}`, user: "neo4j", password: readFileSync(password, "utf8").trim() };
}
