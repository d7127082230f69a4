/**
 * Builds TensorFlow's binding for Node, which training runs on: @tensorflow/tfjs-node from its npm sources against
 * the libtensorflow inside PyPI's wheel, so that nothing is fetched but from npm and PyPI. With `--cuda` it is
 * @tensorflow/tfjs-node-gpu against the CUDA build, with the CUDA libraries that go with it, all newer than what the
 * npm package would fetch. The result is .bioweft-tools/<name>/node_modules/@tensorflow/<name>; what else it needs
 * is the checkout's own, so that there is one copy of tfjs-core. Linux only; prediction needs none of this.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, probe, ROOT, run, SetupError, say, TOOLS } from "../setup/console.mjs";
import { fingerprint, isFresh, replaceFolder } from "../setup/fresh.mjs";
import { checkPython, fetchWheel, unpackWheel } from "./wheel.mjs";

const VERSION = "2.20.0";
const BUILDS = {
  cpu: { name: "tfjs-node", wheel: `tensorflow-cpu==${VERSION}`, size: "260 MB" },
  cuda: {
    name: "tfjs-node-gpu",
    wheel: `tensorflow==${VERSION}`,
    size: "620 MB, and 2 to 3 GB of CUDA libraries",
  },
};
/** One binary interface is enough for every Node from 20 on; the package would build six. */
const NAPI_VERSION = 8;
const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

await main(async () => {
  const cuda = process.argv.includes("--cuda");
  const build = cuda ? BUILDS.cuda : BUILDS.cpu;
  const target = join(TOOLS, build.name);
  checkMachine();
  const print = fingerprint([fileURLToPath(import.meta.url)], process.version, process.arch, build.name);
  if (isFresh(target, print)) return say(`${build.name} is built`);
  await replaceFolder(target, print, async (folder) => {
    const pack = copyPackage(folder, build.name);
    say(`fetching ${build.wheel} (about ${build.size})`);
    await placeTensorflow(folder, pack, build.wheel, cuda);
    say("compiling the binding (about a minute)");
    await compile(pack);
    await tryOut(folder, build.name);
  });
  say(`${build.name} is ready in ${target}`);
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

/** The package as npm put it into the checkout, to be built apart from it. */
function copyPackage(folder, name) {
  const installed = join(ROOT, "node_modules", "@tensorflow", name);
  if (!existsSync(installed)) {
    throw new SetupError(
      `@tensorflow/${name} is not installed; run: npm install --no-save --ignore-scripts (without --omit=optional)`,
    );
  }
  const pack = join(folder, "node_modules", "@tensorflow", name);
  cpSync(installed, pack, { recursive: true });
  for (const leftover of ["lib", "deps"]) rmSync(join(pack, leftover), { recursive: true, force: true });
  const file = join(pack, "package.json");
  const own = JSON.parse(readFileSync(file, "utf8"));
  own.binary.napi_versions = [NAPI_VERSION];
  writeFileSync(file, JSON.stringify(own, null, 2));
  return pack;
}

/** Puts headers and libraries where the package's build looks, under the names that it links to. */
async function placeTensorflow(folder, pack, requirement, cuda) {
  const work = join(folder, "wheel");
  const otherPython = ["3.11", "3.12", "3.13"].map((version) => [
    "--python-version",
    version,
    "--platform",
    process.arch === "arm64" ? "manylinux_2_17_aarch64" : "manylinux_2_17_x86_64",
  ]);
  const wheel = await fetchWheel(requirement, work, otherPython);
  const metadata = `tensorflow-${VERSION}.dist-info/METADATA`;
  const members = ["tensorflow/include/", ...LIBRARIES.map((name) => `tensorflow/${name}`)];
  if (cuda) members.push(metadata);
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
  if (cuda) await placeCuda(readFileSync(join(work, metadata), "utf8"), deps, join(work, "cuda"));
  rmSync(work, { recursive: true, force: true });
}

/** CUDA's libraries, which the wheel names, in deps/nvidia: libtensorflow looks for them beside its own folder. */
async function placeCuda(metadata, deps, work) {
  const wanted = [...metadata.matchAll(/^Requires-Dist: ([^;\n]+?)\s*; extra == "and-cuda"/gm)];
  if (wanted.length === 0) throw new SetupError("the wheel names no CUDA libraries; report this");
  for (const [, requirement] of wanted) {
    say(`fetching ${requirement}`);
    const folder = join(work, requirement.replace(/[^\w-].*/, ""));
    await unpackWheel(await fetchWheel(requirement, folder), deps, ["nvidia/"]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compile(pack) {
  const gyp = join(ROOT, "node_modules", ".bin", "node-pre-gyp");
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
async function tryOut(folder, name) {
  const script = `const tf = require("@tensorflow/${name}"); console.log(tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]);`;
  const output = await run(process.execPath, ["-e", script], {
    cwd: folder,
    cure: "the binding was built but does not load; report the lines above",
  });
  if (output.trim().split("\n").at(-1) !== "11") {
    throw new SetupError(`${name} gave a wrong product (${output.trim()}); report this`);
  }
}
