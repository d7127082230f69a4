/**
 * Step 1: the npm packages, exactly as locked. Install scripts stay off: onnxruntime-node's would fetch CUDA
 * files that nothing here needs. npm's own record of what it installed says whether there is anything to do.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, SetupError, say } from "./console.mjs";

const MINIMUM_NODE = 20;

/** Stops on a Node that is too old. */
export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= MINIMUM_NODE) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old; install Node ${MINIMUM_NODE} or newer (nodejs.org)`,
  );
}

/** Makes node_modules agree with package-lock.json. */
export async function installPackages() {
  if (installedAsLocked()) return;
  say("installing npm packages");
  // Not `npm ci`: it refuses a lock file written where the registry lacks the builds for other platforms.
  await run("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cure: "check that the npm registry can be reached, then run the same command again",
  });
}

function installedAsLocked() {
  const record = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = parsePackages(record);
  const locked = parsePackages(join(ROOT, "package-lock.json"));
  return Object.entries(locked).every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    // Packages for other platforms are locked but not installed.
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

function parsePackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
