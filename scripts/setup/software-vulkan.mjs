/**
 * Step of `npm test`: a graphics card in software (SwiftShader), so that the WebGPU engines run in the tests of a
 * machine without a card. Three files out of Debian's chromium-common package, taken apart, not installed, about
 * 6 MB in .bioweft-tools/software-vulkan. Never fails: without them those tests are skipped, and counted.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { say, TOOLS } from "./console.mjs";
import { isFresh, replaceFolder } from "./fresh.mjs";

const PACKAGE = "chromium-common";
const FILES = ["libvk_swiftshader.so", "libvulkan.so.1", "vk_swiftshader_icd.json"];
const FOLDER = join(TOOLS, "software-vulkan");
const PRINT = [PACKAGE, process.arch, ...FILES].join(" ");
/** A mirror that does not answer must not hold up the tests. */
const APT = [
  "-qq",
  "-o",
  "Acquire::http::Timeout=10",
  "-o",
  "Acquire::https::Timeout=10",
  "-o",
  "Acquire::Retries=0",
];
const LIMIT_MILLIS = 90_000;

/** Fetches the driver where this is a Debian and it is not there. */
export async function prepareSoftwareVulkan() {
  if (process.platform !== "linux" || isFresh(FOLDER, PRINT)) return;
  if (!runs("apt-get", ["--version"]) || !runs("dpkg-deb", ["--version"])) return;
  try {
    await replaceFolder(FOLDER, PRINT, async (folder) => {
      say("fetching a software graphics driver for the WebGPU tests (about 30 MB)");
      fetchPackage(folder);
    });
  } catch (fault) {
    say(`no software graphics driver (${fault.message}); the WebGPU tests will be skipped`);
  }
}

function fetchPackage(folder) {
  const download = () => runs("apt-get", [...APT, "download", PACKAGE], folder);
  // A fresh container has no package lists, and only root may fetch them.
  const found = download() || (process.getuid() === 0 && runs("apt-get", [...APT, "update"]) && download());
  const archive = readdirSync(folder).find((name) => name.endsWith(".deb"));
  if (!found || archive === undefined) throw new Error(`apt-get has no ${PACKAGE}`);
  const unpack = `dpkg-deb --fsys-tarfile "$0" | tar -x --strip-components=4 ${FILES.map((name) => `./usr/lib/chromium/${name}`).join(" ")}`;
  if (!runs("sh", ["-c", unpack, archive], folder)) throw new Error(`${PACKAGE} can't be unpacked`);
  const missing = FILES.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) throw new Error(`${PACKAGE} lacks ${missing.join(", ")}`);
  rmSync(join(folder, archive));
}

function runs(program, args, cwd) {
  return spawnSync(program, args, { cwd, stdio: "ignore", timeout: LIMIT_MILLIS }).status === 0;
}
