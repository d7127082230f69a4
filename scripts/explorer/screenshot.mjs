/**
 * Takes the README's picture of the explorer, docs/explorer.png, from a running server with the sample literature:
 * `npm start`, then `node scripts/explorer/screenshot.mjs [URL]`. Needs a Chromium. Plain PNG, below 300 kB.
 */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { main, ROOT, SetupError, say } from "../setup/console.mjs";

const MOST_BYTES = 300_000;
const VIEW = "/discover?from=MESH:D005395&to=MESH:D011928";
const [url = "http://localhost:4000"] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (place) => existsSync(place),
);

await main(async () => {
  if (executablePath === undefined) {
    throw new SetupError("there is no Chromium; install it (Debian: apt-get install chromium)");
  }
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1180, height: 820 }, colorScheme: "light" });
  await page.goto(`${url}${VIEW}`);
  await page.locator(".linking").first().waitFor();
  const path = join(ROOT, "docs", "explorer.png");
  await page.screenshot({ path });
  await browser.close();
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new SetupError(`docs/explorer.png has ${size} bytes; make the window smaller`);
  say(`docs/explorer.png, ${size} bytes`);
});
