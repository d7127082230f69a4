/**
 * Brings a database's constraints and indexes up to date: cypher/migrations in order, each once, recorded with a
 * checksum. Migrations are never edited once released; a change is a new file.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import type { Database } from "./database.js";

/** One migration file. Its statements may each run again without harm. */
interface Migration {
  /** The file's name without its ending: `0001-constraints-and-indexes`. */
  readonly id: string;
  readonly checksum: string;
  readonly statements: readonly string[];
}

/** Reads a folder of migrations in order. Throws INTERNAL for a file that is not named `0001-what.cypher`. */
export function readMigrations(folder: string = join(PACKAGE_ROOT, "cypher", "migrations")): Migration[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const file = join(folder, name);
      if (!/^\d{4}-[a-z0-9-]+\.cypher$/.test(name)) {
        throw new BioWeftError("INTERNAL", "migrations are named 0001-what.cypher", { place: { file } });
      }
      const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
      return {
        id: name.replace(/\.cypher$/, ""),
        checksum: createHash("sha256").update(text).digest("hex"),
        statements: parseStatements(text),
      };
    });
}

/**
 * Applies what is missing, waits until all indexes can be used, and gives the ids that it applied. Throws CONFIG
 * when an applied migration has another content here, or the database has one that this version does not know.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  const missing = await missingMigrations(database, migrations);
  for (const { id, checksum, statements } of missing) {
    for (const statement of statements) await database.runText(statement);
    await database.write("record-migration", { id, checksum });
  }
  await database.runText("CALL db.awaitIndexes(300)");
  return missing.map(({ id }) => id);
}

/**
 * The same for a store that holds what this version writes: constraints and indexes alone, as there is nothing from before.
 * Waits as long as it takes.
 */
export async function createSchema(database: Database): Promise<void> {
  for (const migration of await missingMigrations(database)) {
    for (const statement of schemaStatements(migration)) await database.runText(statement);
    const { id, checksum } = migration;
    await database.write("record-migration", { id, checksum });
  }
  await database.runText(`CALL db.awaitIndexes(${WAIT_SECONDS})`);
}

const WAIT_SECONDS = 86_400;

/** What a migration does to constraints and indexes: it makes them, and takes away those of before. */
export function schemaStatements({ statements }: Migration): string[] {
  return statements.filter((statement) => /^(?:CREATE|DROP)\s/.test(statement));
}

/** The migrations that the database has not had yet. Throws CONFIG as `migrate` does. */
export async function missingMigrations(
  database: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<Migration[]> {
  const rows = await database.read("applied-migrations", {});
  const applied = new Map(rows.map((row) => [String(row["id"]), String(row["checksum"])]));
  refuseDrift(applied, migrations);
  return migrations.filter(({ id }) => !applied.has(id));
}

function refuseDrift(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ id, checksum }) => [id, checksum]));
  for (const [id, checksum] of applied) {
    const ours = known.get(id);
    if (ours === checksum) continue;
    const reason =
      ours === undefined
        ? `the database has had migration ${id}, which this version does not know; use a newer BioWeft or another database`
        : `migration ${id} differs from the one that this database has had; restore the file and put the change in a new migration`;
    throw new BioWeftError("CONFIG", reason);
  }
}

/** Statements end with a semicolon at the end of a line; comment lines are dropped. */
function parseStatements(text: string): string[] {
  const bare = text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("//"))
    .join("\n");
  return bare
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
