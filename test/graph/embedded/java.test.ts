import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findJava, parseJavaVersion } from "../../../src/graph/embedded/java.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder laid out like a Java home, whose java prints this version. */
function javaHome(printed: string): string {
  const home = mkdtempSync(join(tmpdir(), "bioweft-java-"));
  folders.push(home);
  mkdirSync(join(home, "bin"));
  writeFileSync(join(home, "bin", "java"), `#!/bin/sh\necho '${printed}' >&2\n`);
  chmodSync(join(home, "bin", "java"), 0o755);
  return home;
}

describe("findJava", () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_392"', 8],
    ["no version at all", undefined],
  ])("reads %s", (printed, version) => {
    expect(parseJavaVersion(printed)).toBe(version);
  });

  it("prefers JAVA_HOME", async () => {
    const home = javaHome('openjdk version "21.0.1"');
    const found = await findJava({ JAVA_HOME: home, PATH: "/nowhere" });
    expect(found).toEqual({ command: join(home, "bin", "java"), version: 21 });
  });

  it("passes by an old JAVA_HOME for the PATH's", async () => {
    const path = join(javaHome('openjdk version "17.0.2"'), "bin");
    const found = await findJava({ JAVA_HOME: javaHome('java version "1.8.0"'), PATH: path });
    expect(found).toEqual({ command: "java", version: 17 });
  });

  it("says what is too old, or that there is none, and the cure", async () => {
    await expect(
      findJava({ JAVA_HOME: javaHome('openjdk version "11.0.2"'), PATH: "/nowhere" }),
    ).rejects.toMatchObject({
      code: "MISSING_DEPENDENCY",
      message: expect.stringMatching(/is Java 11, which is too old; install Java 17/),
    });
    await expect(findJava({ PATH: "/nowhere" })).rejects.toThrow(/no Java was found; install Java 17/);
  });
});
