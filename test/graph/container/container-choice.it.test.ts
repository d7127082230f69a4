/**
 * Which database `BIOWEFT_DATABASE` makes the commands use. Where no engine is, a server answers as one does up to the
 * first request for a container; what comes after that is tested where an engine is, and skipped, and counted, elsewhere.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { databaseFindings } from "../../../src/cli/doctor/database.js";
import { PACKAGE_ROOT, readConfig } from "../../../src/core/config.js";
import { findContainerEngine } from "../../../src/graph/container/container-engine.js";
import { openGraph } from "../../../src/graph/open-graph.js";
import { readGraphStats } from "../../../src/graph/read/read-stats.js";
import { writeGold } from "../../support/api-client.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft, startBioweft } from "../../support/command.js";
import { type EngineServer, startEngineServer } from "../../support/servers/engine-server.js";

const SAMPLE = join(PACKAGE_ROOT, "samples", "fish-oil-raynaud.pubtator");
const NOWHERE = "unix:///no/such/docker.sock";

let home: string;
let engine: EngineServer;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "bioweft-choice-"));
  engine = await startEngineServer("socket");
});
afterAll(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

const settings = (database: string, host: string) => ({
  ...{ BIOWEFT_HOME: home, BIOWEFT_DATABASE: database, DOCKER_HOST: host },
  PORT: "0",
});

describe("BIOWEFT_DATABASE=container", () => {
  it("is a clear error within seconds where no engine answers, before the model is loaded", async () => {
    const began = performance.now();
    const { child, ended } = startBioweft(["up"], settings("container", NOWHERE));
    const served = setTimeout(() => child.kill("SIGKILL"), 30_000);
    const { code, stderr } = await ended;
    clearTimeout(served);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(code).toBe(1);
    expect(stderr).toMatch(/error: BIOWEFT_DATABASE is "container", and no container engine answers/);
    expect(stderr).toMatch(/start Docker or Podman/);
    expect(stderr).not.toMatch(/loading the model/);
    expect(existsSync(join(home, "neo4j"))).toBe(false);
  });

  it("asks the engine for a container, by testcontainers, and says what it answered", async () => {
    const { code, stderr } = await runBioweft(["ingest", "file", SAMPLE], settings("container", engine.host));
    expect(code).toBe(1);
    expect(engine.asked.slice(0, 2)).toEqual(["/version", "/info"]);
    expect(stderr).toContain(`error: the engine at ${engine.host} did not start neo4j:5.26-community`);
    expect(existsSync(join(home, "container", "bioweft.lock"))).toBe(false);
    expect(existsSync(join(home, "neo4j"))).toBe(false);
  });

  it("is what doctor says, with the engine or with the cure", async () => {
    const found = async (database: string, host: string) => {
      vi.stubEnv("DOCKER_HOST", host);
      const findings = await databaseFindings(readConfig(settings(database, host)));
      vi.unstubAllEnvs();
      return findings.filter(({ name }) => name === "database" || name === "container engine");
    };
    const version = `27.5.1 at ${engine.host}`;
    expect(await found("container", engine.host)).toMatchObject([
      { name: "database", found: "Neo4j in a container (BIOWEFT_DATABASE)" },
      { name: "container engine", ok: true, found: version },
    ]);
    expect(await found("container", NOWHERE)).toMatchObject([
      { name: "database" },
      { name: "container engine", ok: false, found: expect.stringContaining("is not there") },
    ]);
    expect(await found("", engine.host)).toMatchObject([
      { name: "database", found: "the embedded Neo4j (BIOWEFT_DATABASE unset)" },
      { name: "container engine", found: `${version}; BIOWEFT_DATABASE=container would use it` },
    ]);
  });
});

const real = await findContainerEngine();

describe.each(["embedded", "container"] as const)("a database of the data folder, %s", (database) => {
  it.skipIf(database === "container" && real === undefined)(
    "keeps its graph between starts, each on the same path",
    { timeout: 600_000 },
    async () => {
      const config = { ...readConfig(), database, home: join(home, `kept-${database}`) };
      const publications = async () => {
        const { database: open, close } = await openGraph(config, { exclusive: true });
        try {
          const before = (await readGraphStats(open)).publications;
          if (before === 0) await writeGold(open, [aDocument({ pmid: "90070001" })]);
          return before;
        } finally {
          await close();
        }
      };
      expect([await publications(), await publications()]).toEqual([0, 1]);
    },
  );
});
