#!/usr/bin/env node
/**
 * Packs `bioweft train` for a machine with a graphics card that has Node and nothing else, not even a network:
 *
 *   node scripts/train-gpu/pack.mjs FOLDER [--platform linux-x64]
 *
 * FOLDER then holds the program with TensorFlow.js in it and Dawn, Chromium's WebGPU, for that platform.
 * Carry it there with an encoder and a corpus, and run what FOLDER/README.md says. The run's folder comes back and
 * goes on anywhere, on any backend: a checkpoint knows nothing of where it was made.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { main, ROOT, SetupError, say } from "../setup/console.mjs";

const PROGRAM = "dist/src/cli/commands/train.js";
/** Loaded only by what training does not use, and full of native files. */
const LEFT_OUT = ["onnxruntime-node", "@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"];
/** Carried beside the program, because of its native file. */
const DAWN = "webgpu";

await main(async () => {
  const { folder, platform } = readArguments();
  rmSync(folder, { recursive: true, force: true });
  await bundle(folder);
  carryDawn(folder, platform);
  const manifest = { name: "bioweft-training", version: "0.0.0", private: true, type: "module" };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(folder, "README.md"), directions());
  say(`${folder}: ${Math.round(sizeOf(folder) / 1e6)} MB for ${platform}; its README.md says how to train`);
});

function readArguments() {
  const options = { platform: { type: "string", default: `${process.platform}-${process.arch}` } };
  const usage = "usage: node scripts/train-gpu/pack.mjs FOLDER [--platform linux-x64]";
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (fault) {
    throw new SetupError(`${fault.message}; ${usage}`);
  }
  const [folder] = parsed.positionals;
  if (folder === undefined || parsed.positionals.length > 1) throw new SetupError(usage);
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0 && !existsSync(join(target, PROGRAM))) {
    throw new SetupError(`${target} holds something else; name a new folder`);
  }
  return { folder: target, platform: parsed.values.platform };
}

/** The program and all it imports, in the folder from which PACKAGE_ROOT finds the package. */
async function bundle(folder) {
  await build({
    entryPoints: { train: join(ROOT, "scripts", "train-gpu", "program.mjs") },
    outdir: join(folder, dirname(PROGRAM)),
    splitting: true,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // One copy of tfjs-core: everything by its CommonJS file, as Node itself would load it.
    mainFields: ["main"],
    external: [DAWN, ...LEFT_OUT],
    // Libraries in CommonJS ask for require, which a module has not by itself.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
}

function carryDawn(folder, platform) {
  const installed = join(ROOT, "node_modules", DAWN);
  if (!existsSync(installed)) {
    throw new SetupError("the package webgpu is not installed; run: npm install --no-save --ignore-scripts");
  }
  const platforms = readdirSync(join(installed, "dist"));
  const wanted = platform.startsWith("darwin-") ? "darwin-universal" : platform;
  if (!platforms.includes(wanted)) {
    throw new SetupError(`webgpu has nothing for ${platform}; choose from ${platforms.join(", ")}`);
  }
  const target = join(folder, "node_modules", DAWN);
  mkdirSync(join(target, "dist"), { recursive: true });
  for (const name of ["package.json", "index.js", "LICENSE.md", join("dist", wanted)]) {
    cpSync(join(installed, name), join(target, name), { recursive: true });
  }
}

function directions() {
  return `# BioWeft's training, to be carried

It needs Node 20 or newer and a graphics card with Vulkan, Metal or Direct3D 12. Put an encoder's folder and a corpus's
beside this file and run here:

    node ${PROGRAM} --backend webgpu --corpus biored --from biored --encoder encoder --run run --out model

The same command goes on where it was stopped. The folder \`run\` can be carried away and goes on elsewhere, with the same
options: in a checkout, \`npx bioweft train\`, on any \`--backend\`. \`--help\` lists all options.
`;
}

function sizeOf(path) {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
