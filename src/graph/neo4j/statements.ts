/**
 * Finds Cypher statements by name: cypher/FOLDER/NAME.cypher, one statement a file, which opens with comments
 * that say what it does and its `params:`, `returns:` and `index:`. No Cypher is built from strings in code.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { int } from "neo4j-driver";
import { PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError, messageOf } from "../../core/errors.js";

/** One statement with what its header says. */
interface Statement {
  readonly name: string;
  readonly text: string;
  /** Parameter names and their types as declared: `limit` → `int`. */
  readonly params: ReadonlyMap<string, string>;
}

const HEADER_KEYS = ["params", "returns", "index"] as const;
let loaded: ReadonlyMap<string, Statement> | undefined;

/** The statement of that name, from cypher/read and cypher/write. Throws INTERNAL where there is none. */
export function statementByName(name: string): Statement {
  loaded ??= loadStatements(join(PACKAGE_ROOT, "cypher"));
  const statement = loaded.get(name);
  if (statement !== undefined) return statement;
  throw new BioWeftError("INTERNAL", `no Cypher statement "${name}"; add cypher/read/${name}.cypher`);
}

/** Reads all statements below a cypher folder. Throws INTERNAL for a bad header or a name used twice. */
export function loadStatements(folder: string): ReadonlyMap<string, Statement> {
  const statements = new Map<string, Statement>();
  for (const path of ["read", "write"].flatMap((room) => cypherFiles(join(folder, room)))) {
    const statement = parseStatement(path, readFileSync(path, "utf8"));
    if (statements.has(statement.name)) {
      throw new BioWeftError("INTERNAL", "another statement has this name; rename one", {
        place: { file: path },
      });
    }
    statements.set(statement.name, statement);
  }
  return statements;
}

/** Parses one file: the header's `params:` line, which may run over several comment lines, and the text. */
export function parseStatement(path: string, source: string): Statement {
  const header = new Map<string, string>();
  let key: string | undefined;
  for (const line of source.split("\n")) {
    if (!line.startsWith("//")) break;
    const content = line.slice(2).trim();
    const named = /^(\w+):\s*(.*)$/.exec(content);
    if (named?.[1] !== undefined && HEADER_KEYS.some((known) => known === named[1])) key = named[1];
    if (key !== undefined) header.set(key, `${header.get(key) ?? ""} ${named ? named[2] : content}`.trim());
  }
  for (const wanted of HEADER_KEYS) {
    if (header.has(wanted)) continue;
    throw new BioWeftError("INTERNAL", `the header lacks "// ${wanted}: …"; add it before the statement`, {
      place: { file: path },
    });
  }
  return { name: basename(path, ".cypher"), text: source, params: parseParams(header.get("params") ?? "") };
}

/** The parameters as the driver wants them: whole numbers declared `int` become integers. Throws INTERNAL. */
export function toParams(
  statement: Statement,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, type] of statement.params) {
    const value = values[name];
    if (value === undefined) {
      throw new BioWeftError("INTERNAL", `Cypher statement "${statement.name}" lacks the parameter $${name}`);
    }
    result[name] = type.startsWith("int") || type.startsWith("[int") ? toIntegers(value) : value;
  }
  return result;
}

function toIntegers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toIntegers);
  // subtle: the driver sends every JavaScript number as a float, which Cypher's LIMIT and indexes refuse.
  return typeof value === "number" ? int(value) : value;
}

/** `a string, b [int] or null (a remark, with a comma)` → a: string, b: [int] or null. */
function parseParams(declared: string): Map<string, string> {
  const bare = declared.replace(/\([^()]*\)/g, "").replace(/\{[^{}]*\}/g, "map");
  const params = new Map<string, string>();
  for (const part of bare.split(",").map((text) => text.trim())) {
    const [name, ...type] = part.split(/\s+/);
    if (name !== undefined && name !== "" && name !== "none") params.set(name, type.join(" "));
  }
  return params;
}

function cypherFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".cypher"))
      .sort()
      .map((name) => join(folder, name));
  } catch (cause) {
    throw new BioWeftError("INTERNAL", `cannot read the Cypher statements: ${messageOf(cause)}`, { cause });
  }
}
