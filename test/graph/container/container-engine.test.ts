/** Which container engine is found, by servers that answer as one does, and what is said where there is none. */
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  findContainerEngine,
  requireContainerEngine,
} from "../../../src/graph/container/container-engine.js";
import {
  type EngineManner,
  type EngineServer,
  startEngineServer,
} from "../../support/servers/engine-server.js";

const open: EngineServer[] = [];
async function anEngine(listen: "socket" | "port", manner?: EngineManner): Promise<EngineServer> {
  const server = await startEngineServer(listen, manner);
  open.push(server);
  return server;
}
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

describe("a container engine", () => {
  it.each(["socket", "port"] as const)("is found where DOCKER_HOST names its %s", async (listen) => {
    const { host, asked } = await anEngine(listen);
    expect(await findContainerEngine({ host })).toEqual({ host, version: "27.5.1" });
    expect(asked).toEqual(["/version"]);
  });

  it("is found at the user's own socket where DOCKER_HOST is unset", async () => {
    const { host } = await anEngine("socket");
    const runtimeDir = dirname(host.replace("unix://", ""));
    const found = await findContainerEngine({ runtimeDir });
    // A machine whose system-wide engine answers has that one, which comes first.
    expect([host, "unix:///var/run/docker.sock"]).toContain(found?.host);
  });

  it("is looked for nowhere else where DOCKER_HOST is set", async () => {
    const { host, asked } = await anEngine("socket");
    const runtimeDir = dirname(host.replace("unix://", ""));
    expect(await findContainerEngine({ host: "unix:///no/such/docker.sock", runtimeDir })).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([
    ["web page", /tcp:\/\/127\.0\.0\.1:\d+ answers, but not as a container engine/],
    ["silence", /does not answer within 2 s/],
  ] as const)("is not what answers with %s", async (manner, reason) => {
    const { host } = await anEngine("port", manner);
    await expect(requireContainerEngine({ host })).rejects.toThrow(reason);
  });

  it.each([
    [`unix://${join("/no", "such", "docker.sock")}`, /\(unix:\/\/\/no\/such\/docker\.sock is not there\)/],
    ["tcp://127.0.0.1:1", /cannot be reached \(ECONNREFUSED\)/],
    ["ssh://somewhere", /ssh:\/\/somewhere is no address of the form unix:\/\/\/… or tcp:\/\/…/],
    ["somewhere", /is no address of the form/],
  ])("that is asked for and not at %s is missed by name, with the cure", async (host, reason) => {
    const refused = expect(requireContainerEngine({ host })).rejects;
    await refused.toMatchObject({ code: "MISSING_DEPENDENCY", message: expect.stringMatching(reason) });
    await expect(requireContainerEngine({ host })).rejects.toThrow(
      /start Docker or Podman, set DOCKER_HOST to its address, or set BIOWEFT_DATABASE to embedded/,
    );
  });
});
