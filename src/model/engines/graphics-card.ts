/**
 * Whether a graphics card can be used, seen by the drivers that are installed: nothing is loaded, so a broken
 * driver can't harm here. What an engine makes of it shows when it is loaded.
 */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { readLoaderSettings } from "../../core/config.js";
import type { Presence } from "./engine.js";

/** Where Linux distributions keep shared libraries; the third is where Windows' Linux puts the card's. */
const LIBRARY_DIRS = [
  `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`,
  "/usr/lib64",
  "/usr/lib/wsl/lib",
  "/usr/local/lib",
  "/usr/lib",
];
const VULKAN_DRIVER_DIRS = [
  "/etc/vulkan/icd.d",
  "/usr/share/vulkan/icd.d",
  "/usr/local/share/vulkan/icd.d",
  join(homedir(), ".local/share/vulkan/icd.d"),
];

/** A driver that WebGPU can run on: Metal and Direct3D 12 come with their systems, Vulkan is looked for. */
export function webgpuDriver(): Presence {
  if (process.platform === "darwin") return { present: true, found: "Metal" };
  if (process.platform === "win32") return { present: true, found: "Direct3D 12" };
  const cure =
    "install the card's driver with Vulkan (Debian, Ubuntu: apt-get install mesa-vulkan-drivers, or NVIDIA's)";
  if (findLibrary("libvulkan.so.1") === undefined) {
    return { present: false, reason: "there is no Vulkan loader (libvulkan.so.1)", cure };
  }
  const drivers = readLoaderSettings().vulkanDrivers ?? VULKAN_DRIVER_DIRS.flatMap(manifests);
  const found = drivers.filter((file) => existsSync(file)).map((file) => basename(file, ".json"));
  if (found.length === 0) return { present: false, reason: "Vulkan has no driver", cure };
  return { present: true, found: `Vulkan (${found.join(", ")})` };
}

/** An NVIDIA card with its driver, which CUDA needs. */
export function nvidiaDriver(): Presence {
  const library =
    process.platform === "win32" ? "C:/Windows/System32/nvcuda.dll" : findLibrary("libcuda.so.1");
  if (library !== undefined && existsSync(library)) return { present: true, found: "an NVIDIA driver" };
  return { present: false, reason: "there is no NVIDIA driver (libcuda)" };
}

/** The path of a shared library, or undefined. */
function findLibrary(name: string): string | undefined {
  const dirs = [...readLoaderSettings().libraryDirs, ...LIBRARY_DIRS];
  return dirs.map((dir) => join(dir, name)).find((file) => existsSync(file));
}

function manifests(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(dir, name));
}
