/** What can only be written through is written through; links stay, and a file keeps its mode. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStandardOutput, outputPlace } from "../../../src/core/files/output-place.js";
import { writeWholeFile } from "../../../src/core/files/whole-file.js";

let dir: string;
const at = (...names: string[]) => join(dir, ...names);
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bioweft-place-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const pieces = async function* () {
  yield "a\n";
  yield "b\n";
};

describe("writing to a symbolic link", () => {
  it("replaces what it leads to, over several links and folders that are links", async () => {
    mkdirSync(at("far"));
    mkdirSync(at("near"));
    writeFileSync(at("far", "file"), "before");
    symlinkSync("file", at("far", "second"));
    symlinkSync(at("far"), at("folder"));
    symlinkSync("../folder/second", at("near", "first"));
    await writeWholeFile(at("near", "first"), pieces);
    expect(readFileSync(at("far", "file"), "utf8")).toBe("a\nb\n");
    expect(lstatSync(at("near", "first")).isSymbolicLink()).toBe(true);
    expect(lstatSync(at("far", "second")).isSymbolicLink()).toBe(true);
    expect([readdirSync(at("near")), readdirSync(at("far"))]).toEqual([["first"], ["file", "second"]]);
  });

  it("makes what a dangling one leads to", async () => {
    symlinkSync("absent", at("link"));
    await writeWholeFile(at("link"), "text");
    expect(readFileSync(at("absent"), "utf8")).toBe("text");
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
  });

  it("that leads in a circle is refused", async () => {
    symlinkSync("one", at("other"));
    symlinkSync("other", at("one"));
    await expect(writeWholeFile(at("one"), "text")).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(writeWholeFile(at("one"), "text")).rejects.toThrow(/ELOOP/);
  });
});

describe("a file that is there", () => {
  it.each([0o600, 0o640, 0o755])("keeps its mode %o", async (mode) => {
    writeFileSync(at("file"), "before");
    chmodSync(at("file"), mode);
    await writeWholeFile(at("file"), "after");
    expect(readFileSync(at("file"), "utf8")).toBe("after");
    expect(statSync(at("file")).mode & 0o777).toBe(mode);
  });

  it("is refused where it is a folder", async () => {
    await expect(writeWholeFile(dir, "text")).rejects.toThrow(/EISDIR/);
  });
});

describe("a named pipe", () => {
  it("is written through and stays one, also behind a link", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    symlinkSync("pipe", at("link"));
    for (const name of ["pipe", "link"]) {
      const reader = spawn("cat", [at("pipe")], { stdio: ["ignore", "pipe", "inherit"] });
      let read = "";
      reader.stdout.setEncoding("utf8").on("data", (text: string) => {
        read += text;
      });
      await writeWholeFile(at(name), pieces);
      await once(reader, "close");
      expect(read).toBe("a\nb\n");
    }
    expect(lstatSync(at("pipe")).isFIFO()).toBe(true);
    expect(readdirSync(dir)).toEqual(["link", "pipe"]);
  });

  it("whose reader goes is no fault of the file's", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    spawn("head", ["-c", "1", at("pipe")], { stdio: "ignore" });
    const endless = function* () {
      for (;;) yield "text ".repeat(1000);
    };
    await expect(writeWholeFile(at("pipe"), endless)).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

it("an open descriptor is written on from where it is", async () => {
  const descriptor = openSync(at("file"), "w");
  try {
    for (const folder of ["/proc/self/fd", "/dev/fd", `/proc/${process.pid}/fd`]) {
      await writeWholeFile(`${folder}/${descriptor}`, pieces);
    }
  } finally {
    closeSync(descriptor);
  }
  expect(readFileSync(at("file"), "utf8")).toBe("a\nb\n".repeat(3));
  expect(existsSync(`/proc/self/fd/${descriptor}`)).toBe(false);
});

describe("standard output", () => {
  it.each(["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])("is %s", async (name) => {
    expect(isStandardOutput(name)).toBe(true);
    expect(await outputPlace(name)).toEqual({ kind: "descriptor", descriptor: 1 });
    symlinkSync("/dev/stdout", at("link"));
    expect(await outputPlace(at("link"))).toEqual({ kind: "descriptor", descriptor: 1 });
  });

  it.each(["", "out", "./-", "/dev/stderr", "/proc/1/fd/1"])("is not %s", (name) => {
    expect(isStandardOutput(name)).toBe(false);
  });
});
