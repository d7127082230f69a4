/**
 * The servers that `bioweft bench api` measures, each a process of its own: ours, which starts the database of the data folder, and
 * `@neo4j/graphql` on the same database.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { childEnvironment, PACKAGE_ROOT } from "../../../../core/config.js";
import { BioWeftError } from "../../../../core/errors.js";
import type { DatabaseAddress } from "../../../../graph/neo4j/query-options.js";

/** A server that answers. */
export interface BenchServer {
  readonly name: string;
  /** Whose form of a question it understands. */
  readonly side: "ours" | "peers";
  readonly url: string;
  close(): Promise<void>;
}

/** Has a process end as if it were asked to when its parent is gone, however that ended. */
const WITH_ITS_PARENT = [
  "--import",
  `data:text/javascript,process.stdin.resume().on("end", () => process.kill(process.pid, "SIGTERM")).unref()`,
];

/** `bioweft serve` on a data folder, without limits of rate, which a bench would meet. */
export async function startOurs(home: string): Promise<BenchServer> {
  const [, program = ""] = process.argv;
  const model = join(PACKAGE_ROOT, "models", "small");
  const args = [...process.execArgv, ...WITH_ITS_PARENT, program, "serve", "--model", model];
  const child = spawn(process.execPath, args, {
    env: childEnvironment({
      ...{
        BIOWEFT_HOME: home,
        NEO4J_URI: "",
        BIOWEFT_DATABASE: "embedded",
        REDIS_URL: "",
        LOG_LEVEL: "error",
      },
      ...{ HOST: "127.0.0.1", PORT: "0", BIOWEFT_COST_A_MINUTE: "0", NODE_ENV: "production" },
    }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const url = await saidBy(child, /BioWeft is ready: +(\S+)/, "bioweft serve");
  return { name: "BioWeft", side: "ours", url, close: () => ended(child) };
}

/** Throws MISSING_DEPENDENCY for a folder without the peer; before anything that takes long. */
export function checkPeer(folder: string): void {
  const place = resolve(folder);
  if (existsSync(join(place, "node_modules", "@neo4j", "graphql"))) return;
  const reason =
    "no @neo4j/graphql is there; the head of scripts/bench/neo4j-graphql.mjs says how to install it";
  throw new BioWeftError("MISSING_DEPENDENCY", reason, { place: { file: place } });
}

/** `@neo4j/graphql` from a folder where it is installed. */
export async function startPeer(
  folder: string,
  { uri, user, password }: DatabaseAddress,
): Promise<BenchServer> {
  const script = join(PACKAGE_ROOT, "scripts", "bench", "neo4j-graphql.mjs");
  const place = resolve(folder);
  const child = spawn(process.execPath, [...WITH_ITS_PARENT, script, place], {
    env: childEnvironment({ URI: uri, NAME: user, WORD: password, NODE_ENV: "production" }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const base = await saidBy(child, /(http:\S+)/, "@neo4j/graphql");
  return { name: "@neo4j/graphql", side: "peers", url: `${base}/graphql`, close: () => ended(child) };
}

/** What a server prints once it answers. Throws INTERNAL, with its last words, for one that ends before. */
function saidBy(child: ChildProcess, pattern: RegExp, name: string): Promise<string> {
  let said = "";
  return new Promise((found, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text) => {
        said = `${said}${text}`.slice(-5_000);
        const match = pattern.exec(said)?.[1];
        if (match !== undefined) found(match);
      });
    }
    child.once("close", () =>
      reject(new BioWeftError("INTERNAL", `${name} ended before it answered: ${said}`)),
    );
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "close");
}
