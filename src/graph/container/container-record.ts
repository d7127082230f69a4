/**
 * What the data folder keeps of the database in a container: which volume of the engine holds its data, its password,
 * and where it answered when it was last started. The data themselves stay with the engine.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import type { DatabaseAddress } from "../neo4j/database.js";

const recordShape = z.object({ volume: z.string(), password: z.string(), uri: z.string().optional() });

/** What is kept. The volume's name is drawn with the password, so that a new data folder never meets old data. */
export type ContainerRecord = z.infer<typeof recordShape>;

/** The only user that Neo4j's image makes. */
export const CONTAINER_USER = "neo4j";

/** The folder of the record and of its lock. */
export function containerFolder(home: string): string {
  return join(resolve(home), "container");
}

/** The record of a data folder; undefined before its first start. Throws CONFIG for one that is damaged. */
export function readRecord(home: string): ContainerRecord | undefined {
  const file = recordFile(home);
  if (!existsSync(file)) return undefined;
  try {
    return recordShape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    const reason = "the container's record is damaged; restore it, or delete it and load the graph again";
    throw new BioWeftError("CONFIG", reason, { place: { file }, cause });
  }
}

/** Writes the record, which only its owner may read. */
export function writeRecord(home: string, record: ContainerRecord): void {
  mkdirSync(containerFolder(home), { recursive: true });
  const temporary = `${recordFile(home)}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 });
  renameSync(temporary, recordFile(home));
}

/** A new database's volume and password. */
export function newRecord(): ContainerRecord {
  const drawn = (bytes: number) => randomBytes(bytes).toString("hex");
  return { volume: `bioweft-${drawn(6)}`, password: drawn(24) };
}

/** Where a data folder's database answered when it was last started; it does not say whether it runs. */
export function containerAddress(home: string): DatabaseAddress | undefined {
  const record = readRecord(home);
  if (record?.uri === undefined) return undefined;
  return { uri: record.uri, user: CONTAINER_USER, password: record.password };
}

function recordFile(home: string): string {
  return join(containerFolder(home), "database.json");
}
