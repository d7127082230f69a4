/**
 * Looks for a container engine, Docker or one that answers as it does, where its own programs would look: DOCKER_HOST
 * alone where it is set, else the usual sockets. It asks an engine nothing but its version, and starts nothing.
 */
import { request } from "node:http";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readEngineSettings } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";

/** An engine that answers: its address, as DOCKER_HOST has it, and its version. */
interface ContainerEngine {
  readonly host: string;
  readonly version: string;
}

/** How long an engine may take to say its version. */
const ANSWER_MILLIS = 2_000;
const PLAIN_PORT = 2375;
const versionShape = z.object({ Version: z.string(), ApiVersion: z.string() });

/** The engine, or why there is none at each place. */
type Search =
  | { readonly engine: ContainerEngine }
  | { readonly engine?: undefined; readonly tried: readonly string[] };

/** The first engine that answers; undefined where none does, within two seconds for each place. */
export async function findContainerEngine(
  settings = readEngineSettings(),
): Promise<ContainerEngine | undefined> {
  return (await searchEngine(settings)).engine;
}

/** The first engine that answers. Throws MISSING_DEPENDENCY saying where none was found, and the cure. */
export async function requireContainerEngine(settings = readEngineSettings()): Promise<ContainerEngine> {
  const found = await searchEngine(settings);
  if (found.engine !== undefined) return found.engine;
  throw new BioWeftError(
    "MISSING_DEPENDENCY",
    `BIOWEFT_DATABASE is "container", and no container engine answers (${found.tried.join("; ")}); start Docker or Podman, set DOCKER_HOST to its address, or set BIOWEFT_DATABASE to embedded`,
  );
}

async function searchEngine(settings: ReturnType<typeof readEngineSettings>): Promise<Search> {
  const tried: string[] = [];
  for (const host of engineHosts(settings)) {
    const answer = await askVersion(host);
    if ("version" in answer) return { engine: { host, version: answer.version } };
    tried.push(`${host} ${answer.reason}`);
  }
  return { tried };
}

/** Where engines listen. Those without root have their socket in the user's own folders. */
function engineHosts({ host, runtimeDir }: ReturnType<typeof readEngineSettings>): string[] {
  if (host !== undefined) return [host];
  if (process.platform === "win32") return ["npipe:////./pipe/docker_engine"];
  const own = runtimeDir ?? join("/run", "user", String(userInfo().uid));
  const sockets = [
    "/var/run/docker.sock",
    join(own, "docker.sock"),
    join(homedir(), ".docker", "run", "docker.sock"),
    join(homedir(), ".docker", "desktop", "docker.sock"),
    join(own, "podman", "podman.sock"),
  ];
  return sockets.map((socket) => `unix://${socket}`);
}

type Answer = { readonly version: string } | { readonly reason: string };

function askVersion(host: string): Promise<Answer> {
  const place = placeOf(host);
  if (place === undefined)
    return Promise.resolve({ reason: "is no address of the form unix:///… or tcp://…" });
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(ANSWER_MILLIS);
    const failed = (fault: NodeJS.ErrnoException) => resolve({ reason: reasonOf(fault, signal) });
    const asked = request({ ...place, path: "/version", signal }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.once("error", failed);
      response.once("end", () => resolve(versionIn(text)));
    });
    asked.once("error", failed);
    asked.end();
  });
}

function placeOf(host: string): { socketPath: string } | { host: string; port: number } | undefined {
  // subtle: not by URL, which would take the dot out of a Windows pipe's name.
  const socketPath = /^(?:unix|npipe):\/\/(.+)$/.exec(host)?.[1];
  if (socketPath !== undefined) return { socketPath };
  if (!URL.canParse(host) || !/^(tcp|http):$/.test(new URL(host).protocol)) return undefined;
  const { hostname, port } = new URL(host);
  return hostname === "" ? undefined : { host: hostname, port: port === "" ? PLAIN_PORT : Number(port) };
}

function versionIn(text: string): Answer {
  try {
    return { version: versionShape.parse(JSON.parse(text)).Version };
  } catch {
    // What answers there is something else: the caller names it and goes on to the next place.
    return { reason: "answers, but not as a container engine" };
  }
}

function reasonOf({ code }: NodeJS.ErrnoException, signal: AbortSignal): string {
  if (signal.aborted) return `does not answer within ${ANSWER_MILLIS / 1000} s`;
  if (code === "ENOENT") return "is not there";
  return code === "EACCES" ? "is not this user's to use" : `cannot be reached (${code ?? "no connection"})`;
}
