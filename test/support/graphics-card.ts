/**
 * A graphics card for a test's child processes: the machine's own, or SwiftShader, which computes in software.
 * `npm test` fetches it on Debian (scripts/setup/software-vulkan.mjs), and Debian's chromium package brings it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { webgpuDriver } from "../../src/model/engines/graphics-card.js";

const FOLDERS = [join(PACKAGE_ROOT, ".bioweft-tools", "software-vulkan"), "/usr/lib/chromium"];

/** Additions to a child's environment under which it finds a card; undefined where there is none. */
export function graphicsCard(): Readonly<Record<string, string>> | undefined {
  for (const folder of FOLDERS) {
    const driver = join(folder, "vk_swiftshader_icd.json");
    if (!existsSync(driver)) continue;
    return { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: folder };
  }
  return webgpuDriver().present ? {} : undefined;
}
