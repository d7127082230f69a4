import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { startEmbeddedNeo4j } from "../../../src/graph/embedded/embedded-server.js";
import { awaitExit, processIdentity } from "../../../src/graph/embedded/process-identity.js";
import { openDatabase } from "../../../src/graph/neo4j/database.js";

const SERVER = join(PACKAGE_ROOT, "src", "graph", "embedded", "embedded-server.ts");
let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "bioweft-embedded-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Starts the database from a process of its own, as `bioweft up` does, and gives both process ids. */
async function startElsewhere(): Promise<{ owner: number; server: number }> {
  const code = `import(${JSON.stringify(SERVER)}).then(async ({ startEmbeddedNeo4j }) => {
    const server = await startEmbeddedNeo4j({ home: ${JSON.stringify(home)} });
    console.log("pid " + server.pid);
    setInterval(() => undefined, 1000);
  });`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout) {
    const pid = /pid (\d+)/.exec(String(chunk))?.[1];
    if (pid !== undefined) return { owner: child.pid ?? 0, server: Number(pid) };
  }
  throw new Error("the other process did not start its database");
}

describe("startEmbeddedNeo4j", () => {
  it("starts, keeps its data over a restart, and leaves no process", async () => {
    const first = await startEmbeddedNeo4j({ home });
    const database = await openDatabase(first);
    await database.runText("CREATE (:Kept {id: 'yes'})");
    await database.close();
    await expect(startEmbeddedNeo4j({ home })).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await first.stop();
    await first.stop();
    expect(processIdentity(first.pid)).toBeUndefined();
    const second = await startEmbeddedNeo4j({ home });
    const again = await openDatabase(second);
    expect(await again.runText("MATCH (n:Kept) RETURN n.id AS id")).toEqual([{ id: "yes" }]);
    await again.close();
    await second.stop();
    expect(processIdentity(second.pid)).toBeUndefined();
    expect(statSync(join(home, "neo4j", "password")).mode & 0o777).toBe(0o600);
  });

  it("does not outlive a killed owner, whose folder can be used again", async () => {
    const { owner, server } = await startElsewhere();
    await expect(startEmbeddedNeo4j({ home })).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining(`process ${owner}`),
    });
    process.kill(owner, "SIGKILL");
    const next = await startEmbeddedNeo4j({ home });
    expect(await awaitExit(server, 10_000)).toBe(true);
    const database = await openDatabase(next);
    expect(await database.runText("MATCH (n:Kept) RETURN n.id AS id")).toEqual([{ id: "yes" }]);
    await database.close();
    await next.stop();
  });

  it("gives the server's last words when it dies, and can be started again", async () => {
    const impossible = { heapMebibytes: -1, pageCacheMebibytes: 16 };
    const log = join(home, "neo4j", "logs", "console.log");
    const start = startEmbeddedNeo4j({ home, memory: impossible });
    await expect(start).rejects.toMatchObject({ code: "DATABASE", message: expect.stringContaining("-1m") });
    expect(readFileSync(log, "utf8")).not.toBe("");
    const server = await startEmbeddedNeo4j({ home });
    await server.stop();
  });

  it("says what to do when the password is lost", async () => {
    const file = join(home, "neo4j", "password");
    const password = readFileSync(file, "utf8");
    rmSync(file);
    await expect(startEmbeddedNeo4j({ home })).rejects.toMatchObject({ code: "CONFIG" });
    writeFileSync(file, password, { mode: 0o600 });
  });
});
