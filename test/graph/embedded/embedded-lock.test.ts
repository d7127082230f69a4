import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockHome } from "../../../src/graph/embedded/embedded-lock.js";
import { awaitExit, isSameProcess, processIdentity } from "../../../src/graph/embedded/process-identity.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("lockHome", () => {
  it("lets one in, tells the second who holds it, and leaves nothing behind", async () => {
    const lock = await lockHome(folder);
    await expect(lockHome(folder)).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining(`process ${process.pid} already runs BioWeft`),
    });
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    (await lockHome(folder)).release();
  });

  it.each([
    ["a process that is gone", { pid: 2 ** 22 + 1, started: "1" }],
    ["a process id used again", { pid: process.pid, started: "another time" }],
  ])("takes over what was left by %s", async (_, owner) => {
    writeFileSync(join(folder, "bioweft.lock"), JSON.stringify({ owner, token: "old" }));
    const lock = await lockHome(folder);
    expect(JSON.parse(readFileSync(join(folder, "bioweft.lock"), "utf8")).owner.pid).toBe(process.pid);
    lock.release();
  });

  it("takes over a lock file that was cut short", async () => {
    writeFileSync(join(folder, "bioweft.lock"), '{"owner":');
    (await lockHome(folder)).release();
  });

  it("stops the database that a killed holder left, and no other process", async () => {
    const orphan = spawn("sh", ["-c", "sleep 60; :", `--home-dir=${folder}`]);
    const stranger = spawn("sh", ["-c", "sleep 60; :"]);
    try {
      for (const [child, gone] of [
        [orphan, true],
        [stranger, false],
      ] as const) {
        const server = processIdentity(child.pid ?? 0);
        const owner = { pid: 2 ** 22 + 1, started: "1" };
        writeFileSync(join(folder, "bioweft.lock"), JSON.stringify({ owner, token: "old", server }));
        (await lockHome(folder)).release();
        expect(await awaitExit(child.pid ?? 0, gone ? 5000 : 200)).toBe(gone);
      }
    } finally {
      orphan.kill("SIGKILL");
      stranger.kill("SIGKILL");
    }
  });
});

describe("processIdentity", () => {
  it("knows this process, and that no other is it", () => {
    const self = processIdentity(process.pid);
    expect(self?.command).toMatch(/node|vitest/);
    expect(isSameProcess({ pid: process.pid, started: self?.started ?? "" })).toBe(true);
    expect(isSameProcess({ pid: process.pid, started: "never" })).toBe(false);
  });
});
