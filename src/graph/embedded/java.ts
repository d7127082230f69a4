/**
 * Finds the Java that the embedded database runs on: JAVA_HOME first, then the PATH. Checks its version; does
 * not install anything.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";

/** A usable Java: the command to run and its feature version, e.g. 17. */
interface Java {
  readonly command: string;
  readonly version: number;
}

/** The oldest Java that Neo4j 5.26 runs on. */
const OLDEST_JAVA = 17;
const CURE = `install Java ${OLDEST_JAVA} or newer (Debian: apt install openjdk-17-jre-headless), point JAVA_HOME at it, or set NEO4J_URI to a Neo4j server`;
const run = promisify(execFile);

/** The first Java that is new enough. Throws MISSING_DEPENDENCY naming what was found instead and the cure. */
export async function findJava(environment: NodeJS.ProcessEnv = childEnvironment({})): Promise<Java> {
  const javaHome = environment["JAVA_HOME"];
  const commands = [...(javaHome ? [join(javaHome, "bin", "java")] : []), "java"];
  const tooOld: string[] = [];
  for (const command of commands) {
    const version = await javaVersion(command, environment);
    if (version !== undefined && version >= OLDEST_JAVA) return { command, version };
    if (version !== undefined) tooOld.push(`${command} is Java ${version}`);
  }
  const found = tooOld.length > 0 ? `${tooOld.join(", ")}, which is too old` : "no Java was found";
  throw new BioWeftError("MISSING_DEPENDENCY", `the embedded database needs Java: ${found}; ${CURE}`);
}

/** The feature version in what `java -version` prints: 17 for "17.0.15", 8 for "1.8.0_392". */
export function parseJavaVersion(printed: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(printed);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

async function javaVersion(command: string, environment: NodeJS.ProcessEnv): Promise<number | undefined> {
  try {
    const { stderr, stdout } = await run(command, ["-version"], { env: environment, timeout: 20_000 });
    return parseJavaVersion(stderr + stdout);
  } catch {
    // Not there or broken: the caller names the cure when no other Java serves.
    return undefined;
  }
}
