/** Two commands at once on a data folder that neither has seen: the second waits for the first one's database. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { runBioweft, startBioweft } from "../support/command.js";

test("a command that comes while the database of another is starting waits for it, and harms neither", async () => {
  const home = mkdtempSync(join(tmpdir(), "bioweft-two-"));
  const settings = { BIOWEFT_HOME: home, PORT: "0" };
  const first = startBioweft(["serve"], settings);
  try {
    while (!existsSync(join(home, "neo4j", "bioweft.lock")))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const file = join(PACKAGE_ROOT, "samples", "fish-oil-raynaud.pubtator");
    const second = await runBioweft(["ingest", "file", file, "--json"], settings);
    expect(second).toMatchObject({ code: 0 });
    expect(JSON.parse(second.stdout)).toMatchObject({ documents: 18 });
    expect(first.child.exitCode).toBeNull();
  } finally {
    first.child.kill("SIGINT");
    expect(await first.ended).toMatchObject({ code: 0 });
    rmSync(home, { recursive: true, force: true });
  }
});
