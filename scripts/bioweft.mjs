#!/usr/bin/env node
/**
 * The `bioweft` command inside a checkout: compiles the program (and, to serve it, the
 * explorer) if a source changed since, then becomes it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildProgram, linkCommand } from "./setup/build.mjs";
import { main, ROOT } from "./setup/console.mjs";
import { buildExplorer } from "./setup/explorer.mjs";
import { checkNode, installPackages } from "./setup/packages.mjs";

await main(async () => {
  checkNode();
  if (existsSync(join(ROOT, "tsconfig.build.json"))) {
    await installPackages();
    linkCommand();
    await buildProgram();
    if (process.argv[2] === "up") await buildExplorer();
  }
});
if (process.exitCode === undefined) {
  await import(pathToFileURL(join(ROOT, "dist", "src", "cli", "main.js")).href);
}
