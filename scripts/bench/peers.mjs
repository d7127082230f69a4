/**
 * Sets up what `bioweft bench model` compares with: a Python environment with PyTorch and transformers, about 6 GB,
 * in .bioweft-tools/peers. `bioweft bench model --peers` runs it; nothing else needs it.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { main, probe, run, SetupError, say, TOOLS } from "../setup/console.mjs";

const PACKAGES = ["torch==2.15.0", "transformers==5.23.0"];
const FOLDER = join(TOOLS, "peers");
const PYTHON =
  process.platform === "win32" ? join(FOLDER, "Scripts", "python.exe") : join(FOLDER, "bin", "python");

await main(async () => {
  const works = () => existsSync(PYTHON) && probe(PYTHON, ["-c", "import torch, transformers"]).code === 0;
  if (works()) return say("PyTorch is there");
  if (probe("python3", ["-m", "venv", "--help"]).code !== 0) {
    throw new SetupError(
      "python3 with venv is missing; install it (Debian, Ubuntu: apt-get install python3-venv)",
    );
  }
  rmSync(FOLDER, { recursive: true, force: true });
  await run("python3", ["-m", "venv", FOLDER], { cure: "see the lines above" });
  say(`installing ${PACKAGES.join(" and ")} (about 6 GB with what they need)`);
  await run(PYTHON, ["-m", "pip", "install", "--no-input", "--quiet", ...PACKAGES], {
    cure: "check that PyPI can be reached and that the disk has 8 GB, then run the same command again",
  });
  if (!works()) throw new SetupError(`PyTorch does not load in ${FOLDER}; delete the folder and try again`);
  say("PyTorch is ready");
});
