/** Setup on machines that lack something: one line with the cure, and nothing half-made. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aCheckout, aProgram, runScript } from "../support/checkout.js";

const SETUP = ["scripts/setup.mjs", "start"];
let root: string;
let programs: string;

beforeEach(() => {
  root = aCheckout();
  programs = join(root, "programs");
  mkdirSync(programs);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("a machine without Java is told how to get it", () => {
  const { code, stderr } = runScript(root, SETUP, programs);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^setup: Java is missing; install Java 17 .*NEO4J_URI.*\n$/);
});

test("a Java that is too old is named", () => {
  aProgram(programs, "java", `echo 'openjdk version "1.8.0_392"' >&2`);
  const { code, stderr } = runScript(root, SETUP, programs);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^setup: Java 8 is too old; install Java 17 .*\n$/);
});

test("a machine without Maven is told how to get it", () => {
  aProgram(programs, "java", `echo 'openjdk version "21.0.2"' >&2`);
  const { code, stderr } = runScript(root, SETUP, programs);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^setup: Maven is missing; install it .*NEO4J_URI.*\n$/);
});

test("a download that breaks off leaves what was there and nothing of its own", () => {
  const lib = join(root, ".bioweft-tools", "neo4j", "lib");
  mkdirSync(lib, { recursive: true });
  writeFileSync(join(lib, "old.jar"), "");
  aProgram(programs, "java", `echo 'openjdk version "17.0.1"' >&2`);
  aProgram(
    programs,
    "mvn",
    `for a in "$@"; do case $a in -v) exit 0;; -DoutputDirectory=*) echo half > "\${a#*=}/half.jar";; esac; done
echo "[ERROR] no route to host"; exit 1`,
  );
  const { code, stderr } = runScript(root, SETUP, programs);
  expect(code).toBe(1);
  expect(stderr).toContain("no route to host");
  expect(stderr).toContain("check that Maven Central can be reached");
  expect(readdirSync(lib)).toEqual(["old.jar"]);
  expect(readdirSync(join(root, ".bioweft-tools", "neo4j"))).toEqual(["lib"]);
  expect(existsSync(join(root, "dist"))).toBe(false);
});

test("an unknown goal is refused with those there are", () => {
  const { code, stderr } = runScript(root, ["scripts/setup.mjs", "fly"], programs);
  expect(code).toBe(1);
  expect(stderr).toBe('setup: "fly" is not one of its goals; use check, build, start, test\n');
});
