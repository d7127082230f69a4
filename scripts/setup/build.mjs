/**
 * Step 3: the compiled program in dist/, rebuilt only when a source changed, and the `bioweft` command inside
 * node_modules/.bin, which npm makes for dependencies but not for the package itself.
 */
import { lstatSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, say } from "./console.mjs";
import { fingerprint, isFresh, replaceFolder } from "./fresh.mjs";

const SOURCES = ["src", "ingest", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];

/** Compiles the sources into dist/ unless it is up to date. */
export async function buildProgram() {
  const print = fingerprint(SOURCES.map((name) => join(ROOT, name)));
  const dist = join(ROOT, "dist");
  if (isFresh(dist, print)) return;
  say("compiling");
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  await replaceFolder(dist, print, (folder) =>
    run(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", folder], {
      cure: "the lines above name the places",
    }),
  );
}

/** Makes `npx bioweft` work inside the checkout. */
export function linkCommand() {
  const link = join(ROOT, "node_modules", ".bin", "bioweft");
  const target = join("..", "..", "scripts", "bioweft.mjs");
  if (process.platform === "win32") {
    writeFileSync(`${link}.cmd`, `@node "%~dp0\\${target}" %*\r\n`);
    return;
  }
  if (isLink(link) && readlinkSync(link) === target) return;
  rmSync(link, { force: true });
  symlinkSync(target, link);
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
