/**
 * A server that answers as a container engine does up to the first request for a container: it says that it is there,
 * its version and what it runs on, and refuses everything after that. On a socket or a port of its own.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How it answers: as an engine, as something else, or never. */
export type EngineManner = "engine" | "web page" | "silence";

/** A listening engine. */
export interface EngineServer {
  /** Its address, as DOCKER_HOST has it. */
  readonly host: string;
  /** The paths that were asked for, without the version that clients put before them. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const VERSION = { Version: "27.5.1", ApiVersion: "1.47", Os: "linux", Arch: "amd64" };
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/_ping": "OK",
  "/version": VERSION,
  "/info": { ServerVersion: VERSION.Version, OperatingSystem: "Test", OSType: "linux", NCPU: 2 },
};

/** Starts one; close it. */
export async function startEngineServer(
  listen: "socket" | "port",
  manner: EngineManner = "engine",
): Promise<EngineServer> {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-engine-"));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/^\/v[\d.]+/, "").replace(/\?.*/, "");
    asked.push(path);
    if (manner === "silence") return;
    const answer = manner === "web page" ? "<html></html>" : ANSWERS[path];
    response.statusCode = answer === undefined ? 500 : 200;
    response.end(
      typeof answer === "string" ? answer : JSON.stringify(answer ?? { message: "no containers here" }),
    );
  });
  const socket = join(folder, "docker.sock");
  await new Promise<void>((resolve) => {
    if (listen === "socket") server.listen(socket, resolve);
    else server.listen(0, "127.0.0.1", resolve);
  });
  const bound = server.address();
  const host =
    typeof bound === "object" && bound !== null ? `tcp://127.0.0.1:${bound.port}` : `unix://${socket}`;
  return {
    host,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
