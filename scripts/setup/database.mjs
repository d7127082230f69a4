/**
 * Step 2: what the embedded Neo4j needs: Java, and its jars from Maven Central. Skipped where NEO4J_URI names a
 * server. Maven is asked for only when the jars are missing or the pom changed.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { probe, ROOT, run, SetupError, say, TOOLS } from "./console.mjs";
import { fingerprint, isFresh, replaceFolder } from "./fresh.mjs";

const MINIMUM_JAVA = 17;
const OR_A_SERVER =
  "or set BIOWEFT_DATABASE=container where Docker or Podman runs, or NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD to a Neo4j 5 server that you have";

/** Where the jars lie. */
export const NEO4J_JARS = join(TOOLS, "neo4j", "lib");

/** Prepares what `npm start` will use: nothing where a container is asked for, whose engine is looked for when it starts. */
export async function prepareChosenDatabase() {
  if ((process.env.BIOWEFT_DATABASE ?? "").trim() !== "container") await prepareDatabase();
}

/** Makes the embedded database startable, or says what is missing. */
export async function prepareDatabase() {
  if ((process.env.NEO4J_URI ?? "") !== "") return;
  checkJava();
  const pom = join(ROOT, "scripts", "neo4j", "pom.xml");
  const print = fingerprint([pom]);
  if (isFresh(NEO4J_JARS, print)) return;
  checkMaven();
  say("fetching Neo4j from Maven Central (about 120 MB)");
  await replaceFolder(NEO4J_JARS, print, (folder) =>
    run("mvn", ["-q", "-B", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${folder}`], {
      cure: `check that Maven Central can be reached, then run the same command again, ${OR_A_SERVER}`,
    }),
  );
}

function checkJava() {
  const home = process.env.JAVA_HOME ?? "";
  const inHome = join(home, "bin", "java");
  const { code, output } = probe(home !== "" && existsSync(inHome) ? inHome : "java", ["-version"]);
  const cure = `install Java ${MINIMUM_JAVA} or 21 (Debian, Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17), ${OR_A_SERVER}`;
  if (code === undefined) throw new SetupError(`Java is missing; ${cure}`);
  const version = /version "(?:1\.)?(\d+)/.exec(output)?.[1];
  if (version !== undefined && Number(version) >= MINIMUM_JAVA) return;
  throw new SetupError(`Java ${version ?? "of an unknown version"} is too old; ${cure}`);
}

function checkMaven() {
  if (probe("mvn", ["-v"]).code === 0) return;
  throw new SetupError(
    `Maven is missing; install it (Debian, Ubuntu: apt-get install maven; macOS: brew install maven), ${OR_A_SERVER}`,
  );
}
