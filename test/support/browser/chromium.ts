/**
 * A real Chromium for tests of the page: Debian's, through playwright-core, which brings none of its own. Where there
 * is none the tests are skipped, and counted.
 */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where it is; undefined where there is none. */
export const CHROMIUM = PLACES.find((place) => existsSync(place));

/** Starts it; WebGL is SwiftShader's. Close it. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM ?? "",
    args: ["--no-sandbox", "--enable-unsafe-swiftshader"],
  });
}
