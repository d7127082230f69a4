/**
 * Builds the native engine that training runs on: @tensorflow/tfjs-node from its npm sources against the
 * libtensorflow inside PyPI's tensorflow-cpu wheel, so that nothing is fetched but from npm and PyPI. The result
 * is .bioweft-tools/tfjs-node/node_modules/@tensorflow/tfjs-node. Linux only; prediction needs none of this.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, probe, run, SetupError, say, TOOLS } from "../setup/console.mjs";
import { fingerprint, isFresh, replaceFolder } from "../setup/fresh.mjs";
import { checkPython, fetchWheel, unpackWheel } from "./wheel.mjs";

const TFJS_NODE = "4.22.0";
const TENSORFLOW = "tensorflow-cpu==2.20.0";
/** One binary interface is enough for every Node from 20 on; the package would build six. */
const NAPI_VERSION = 8;
const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const FOLDER = join(TOOLS, "tfjs-node");

await main(async () => {
  checkMachine();
  const print = fingerprint([fileURLToPath(import.meta.url)], process.version, process.arch);
  if (isFresh(FOLDER, print)) return say("tfjs-node is built");
  await replaceFolder(FOLDER, print, async (folder) => {
    say(`installing @tensorflow/tfjs-node ${TFJS_NODE}`);
    const pack = await installPackage(folder);
    say(`fetching ${TENSORFLOW} (about 260 MB)`);
    await placeTensorflow(folder, pack);
    say("compiling the binding (about a minute)");
    await compile(pack);
    await tryOut(folder);
  });
  say(`tfjs-node is ready in ${FOLDER}`);
});

/** Names every tool that is missing before anything is downloaded. */
function checkMachine() {
  if (process.platform !== "linux") {
    throw new SetupError(
      `this build knows only Linux, not ${process.platform}; there, npm install @tensorflow/tfjs-node fetches a finished one`,
    );
  }
  checkPython();
  for (const program of ["make", "g++"]) {
    if (probe(program, ["--version"]).code === 0) continue;
    throw new SetupError(
      `${program} is missing; install it (Debian, Ubuntu: apt-get install build-essential)`,
    );
  }
}

async function installPackage(folder) {
  const manifest = {
    name: "bioweft-tfjs-node",
    private: true,
    dependencies: { "@tensorflow/tfjs-node": TFJS_NODE },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    cure: "check that the npm registry can be reached, then run the same command again",
  });
  const pack = join(folder, "node_modules", "@tensorflow", "tfjs-node");
  const file = join(pack, "package.json");
  const own = JSON.parse(readFileSync(file, "utf8"));
  own.binary.napi_versions = [NAPI_VERSION];
  writeFileSync(file, JSON.stringify(own, null, 2));
  return pack;
}

/** Puts headers and libraries where the package's build looks, under the names that it links to. */
async function placeTensorflow(folder, pack) {
  const work = join(folder, "wheel");
  const otherPython = ["3.11", "3.12", "3.13"].map((version) => [
    "--python-version",
    version,
    "--platform",
    process.arch === "arm64" ? "manylinux_2_17_aarch64" : "manylinux_2_17_x86_64",
  ]);
  const wheel = await fetchWheel(TENSORFLOW, work, otherPython);
  const members = ["tensorflow/include/", ...LIBRARIES.map((name) => `tensorflow/${name}`)];
  await unpackWheel(wheel, work, members);
  const deps = join(pack, "deps");
  rmSync(deps, { recursive: true, force: true });
  const unpacked = join(work, "tensorflow");
  const lib = join(unpacked, "lib");
  mkdirSync(lib);
  for (const name of LIBRARIES) renameSync(join(unpacked, name), join(lib, name));
  symlinkSync("libtensorflow_cc.so.2", join(lib, "libtensorflow.so"));
  symlinkSync("libtensorflow_framework.so.2", join(lib, "libtensorflow_framework.so"));
  renameSync(unpacked, deps);
  rmSync(work, { recursive: true, force: true });
}

async function compile(pack) {
  const gyp = join(dirname(dirname(pack)), ".bin", "node-pre-gyp");
  const prefix = dirname(dirname(process.execPath));
  // Node's own headers where it was installed with them; else node-gyp downloads them from nodejs.org.
  const headers = existsSync(join(prefix, "include", "node", "node.h")) ? [`--nodedir=${prefix}`] : [];
  await run(gyp, ["rebuild", "--build-from-source", ...headers], {
    cwd: pack,
    cure: "it needs a C++ compiler, make, python3 and Node's headers (Debian, Ubuntu: apt-get install build-essential python3 libnode-dev)",
  });
  rmSync(join(pack, `build-tmp-napi-v${NAPI_VERSION}`), { recursive: true, force: true });
}

/** One product of two tensors, so that a binding that does not load is found here and not in training. */
async function tryOut(folder) {
  const script =
    "const tf = require('@tensorflow/tfjs-node'); console.log(tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]);";
  const output = await run(process.execPath, ["-e", script], {
    cwd: folder,
    cure: "the binding was built but does not load; report the lines above",
  });
  if (output.trim().split("\n").at(-1) !== "11") {
    throw new SetupError(`tfjs-node gave a wrong product (${output.trim()}); report this`);
  }
}
