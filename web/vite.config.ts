/**
 * How Vite makes the page: Preact through its own JSX runtime, React's name standing for it in TanStack's packages,
 * and each file beside its compressed forms, so that the server sends them as they lie.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
/** Smaller files cost more to unpack than to send. */
const LEAST_BYTES = 1024;

/** Writes `.br` and `.gz` beside everything that shrinks. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle: ({ dir }) => {
      for (const file of filesOf(dir ?? root)) {
        if (!/\.(js|css|html|svg)$/.test(file) || statSync(file).size < LEAST_BYTES) continue;
        const bytes = readFileSync(file);
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

export default defineConfig({
  root,
  // No decorators here, and Preact's automatic runtime: esbuild reads it from web/tsconfig.json too.
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  resolve: {
    alias: [
      { find: "react/jsx-runtime", replacement: "preact/jsx-runtime" },
      { find: /^react(-dom)?$/, replacement: "preact/compat" },
    ],
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // A colour's light and dark form stand in one place: light-dark() is not to be taken apart.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  plugins: [compressed()],
  // `npx vite web` beside a running server: the API stays where it is.
  server: { proxy: { "/graphql": { target: "http://localhost:4000", ws: true } } },
});
