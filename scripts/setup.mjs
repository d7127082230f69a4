/**
 * Makes a fresh clone runnable: `node scripts/setup.mjs start|test|check|build`, run by npm before start, test
 * and check. It does only what is missing, changes nothing half-way, and names the cure of what it cannot do.
 * Plain Node: there may be no packages yet.
 */
import { buildProgram, linkCommand } from "./setup/build.mjs";
import { main, SetupError } from "./setup/console.mjs";
import { prepareChosenDatabase, prepareDatabase } from "./setup/database.mjs";
import { buildExplorer, typeDocuments } from "./setup/explorer.mjs";
import { checkNode, installPackages } from "./setup/packages.mjs";
import { prepareSoftwareVulkan } from "./setup/software-vulkan.mjs";

const STEPS = {
  check: [checkNode, installPackages, typeDocuments],
  build: [checkNode, installPackages, linkCommand, buildProgram, buildExplorer],
  start: [checkNode, installPackages, linkCommand, prepareChosenDatabase, buildProgram, buildExplorer],
  test: [
    checkNode,
    installPackages,
    linkCommand,
    prepareDatabase,
    buildProgram,
    buildExplorer,
    prepareSoftwareVulkan,
  ],
};

await main(async () => {
  const goal = process.argv[2] ?? "start";
  const steps = STEPS[goal];
  if (steps === undefined) {
    throw new SetupError(`"${goal}" is not one of its goals; use ${Object.keys(STEPS).join(", ")}`);
  }
  for (const step of steps) await step();
});
